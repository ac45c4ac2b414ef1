import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peerPython } from '../../scripts/lib/peer-python.ts';
import { inRepository } from '../../scripts/lib/repository.mjs';
import { succeed } from '../../src/base/result.ts';
import { estimate } from '../../src/checks/estimate.ts';
import { columnKey, type DatasetRows, datasetRows } from '../../src/checks/rows/dataset-rows.ts';
import { nextUniform, seededRandom } from '../../src/metrics/resampling/random.ts';
import type { Bench, BenchRow } from './row.ts';

const ROWS = 10_000_000;
const FOLDS_PROMISED = 1000;
/** Enough to know the time of one; it is taken as growing with the folds. */
const FOLDS_RUN = 3;
const METRICS = ['roc_auc', 'average_precision'] as const;

interface Sample {
  readonly scores: Float64Array<ArrayBuffer>;
  readonly labels: Float64Array<ArrayBuffer>;
  readonly weights: Float64Array<ArrayBuffer>;
}

/** 95 % intervals of weighted ranking metrics over ten million rows, beside a Poisson bootstrap with scikit-learn. */
export const bench: Bench = async () => {
  const peer = peerPython();
  if ('unavailable' in peer) throw new Error(peer.unavailable);
  const sample = makeSample();
  const rows = rowsOf(sample);
  const folds = foldMilliseconds(peer.python, sample);
  return METRICS.map((metric): BenchRow => {
    const start = performance.now();
    const found = estimate(metric, {}, rows, { confidence: 0.95 });
    const ours = performance.now() - start;
    if (!found.ok) throw new Error(found.problem.message);
    console.error(`${metric}: ${found.value.interval?.join(' to ')}, ${found.value.formula}`);
    return {
      name: `95 % interval for weighted ${metric}, 10 million rows`,
      ...{ ours, unit: 'ms' },
      peer: { name: `${FOLDS_PROMISED} scikit-learn folds`, value: (folds[metric] ?? Number.NaN) * FOLDS_PROMISED },
      budget: { timesFaster: 100 },
    };
  });
};

function makeSample(): Sample {
  const random = seededRandom(1);
  const scores = Float64Array.from({ length: ROWS }, () => nextUniform(random));
  const labels = scores.map((score) => (nextUniform(random) < score ? 1 : 0));
  return { scores, labels, weights: scores.map(() => 0.5 + nextUniform(random)) };
}

function rowsOf({ scores, labels, weights }: Sample): DatasetRows {
  const column = (values: Float64Array) => succeed({ kind: 'number', values, nulls: 0, nans: 0 } as const);
  const columns = new Map([
    [columnKey('y', 'value'), column(labels)],
    [columnKey('p', 'number'), column(scores)],
    [columnKey('w', 'number'), column(weights)],
  ]);
  const dataset = { path: 'rows.parquet', label: 'y', score: 'p', weight: 'w' };
  return datasetRows({ rows: ROWS, columns }, dataset, 'rows', 'binary');
}

/** Milliseconds of one fold, by metric. */
function foldMilliseconds(python: string, sample: Sample): Readonly<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'model-signoff-bench-'));
  try {
    for (const [name, values] of Object.entries(sample)) writeFileSync(join(folder, name), values);
    const script = inRepository('test', 'bench', 'weighted_interval_peer.py');
    return JSON.parse(execFileSync(python, [script, folder, String(FOLDS_RUN)], { encoding: 'utf8' })) as Record<
      string,
      number
    >;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
