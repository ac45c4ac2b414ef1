import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peerPython } from '../../scripts/lib/peer-python.ts';
import { inRepository } from '../../scripts/lib/repository.mjs';
import { delong } from '../../src/metrics/resampling/delong.ts';
import { normalQuantile } from '../../src/metrics/resampling/normal.ts';
import { nextNormal, nextUniform, seededRandom } from '../../src/metrics/resampling/random.ts';
import { scoreTable } from '../../src/metrics/score-table.ts';
import { type Bench, medianMilliseconds } from './row.ts';

const ROWS = 1_000_000;
const FOLDS_PROMISED = 1000;
/** Enough to know the bootstrap's mean and standard deviation; its time is taken as growing with the folds. */
const FOLDS_RUN = 200;

interface Bootstrap {
  readonly milliseconds: number;
  readonly replicates: readonly number[];
}

/** A 95 % interval for ROC AUC, beside that of a bootstrap with scikit-learn on the same rows. */
export const bench: Bench = async () => {
  const peer = peerPython();
  if ('unavailable' in peer) throw new Error(peer.unavailable);
  const { scores, labels } = sample();
  const interval = delong(scoreTable(scores.slice(), labels), 0.95);
  if (!interval) throw new Error('The sample has no interval.');
  const ours = await medianMilliseconds(5, () => delong(scoreTable(scores.slice(), labels), 0.95));
  const { milliseconds, replicates } = bootstrap(peer.python, scores, labels);
  const mean = replicates.reduce((sum, each) => sum + each, 0) / replicates.length;
  const deviation = Math.sqrt(replicates.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (replicates.length - 1));
  const half = normalQuantile(0.975) * deviation;
  return [
    {
      name: '95 % interval for ROC AUC, 1 million rows',
      ours,
      unit: 'ms',
      peer: { name: `${FOLDS_PROMISED} scikit-learn folds`, value: milliseconds * FOLDS_PROMISED },
      budget: { timesFaster: 100 },
    },
    {
      name: '  its low end, from the bootstrap’s',
      ours: Math.abs(interval.low - (mean - half)) / deviation,
      unit: 'SD',
      budget: { atMost: 0.3 },
    },
    {
      name: '  its high end, from the bootstrap’s',
      ours: Math.abs(interval.high - (mean + half)) / deviation,
      unit: 'SD',
      budget: { atMost: 0.3 },
    },
  ];
};

function sample(): { readonly scores: Float64Array<ArrayBuffer>; readonly labels: Uint8Array<ArrayBuffer> } {
  const random = seededRandom(1);
  const labels = Uint8Array.from({ length: ROWS }, () => (nextUniform(random) < 0.1 ? 1 : 0));
  const scores = Float64Array.from(labels, (label) => 1 / (1 + Math.exp(2 - 1.5 * label - nextNormal(random))));
  return { scores, labels };
}

function bootstrap(python: string, scores: Float64Array, labels: Uint8Array): Bootstrap {
  const folder = mkdtempSync(join(tmpdir(), 'model-signoff-bench-'));
  try {
    writeFileSync(join(folder, 'scores'), scores);
    writeFileSync(join(folder, 'labels'), labels);
    const script = inRepository('test', 'bench', 'auc-interval.py');
    const printed = execFileSync(python, [script, join(folder, 'scores'), join(folder, 'labels'), String(FOLDS_RUN)], {
      encoding: 'utf8',
    });
    return JSON.parse(printed) as Bootstrap;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
