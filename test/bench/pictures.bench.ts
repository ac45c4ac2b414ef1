import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from '../../scripts/lib/browser.ts';
import { inRepository } from '../../scripts/lib/repository.mjs';
import { assess } from '../../src/extension/engine/assess.ts';
import type { OperationContext } from '../../src/extension/engine/operation-context.ts';
import { pictures } from '../../src/extension/engine/pictures.ts';
import { withPictures } from '../../src/extension/panels/picture-sections.ts';
import type { PanelDocument } from '../../src/extension/protocol.ts';
import { openPanel } from '../ui/panel-page.ts';
import { writeLargeProject } from './large-project.ts';
import { type Bench, median } from './row.ts';

const ROUNDS = 5;
const METRICS = [
  ...['accuracy', 'precision', 'recall', 'f1', 'matthews_corrcoef', 'roc_auc', 'average_precision', 'log_loss'],
  'brier_score',
];

const context: OperationContext = { signal: new AbortController().signal, reportProgress() {}, surroundings: {} };

/**
 * The metrics panel of a run of ten million rows, once its checks are done: asking the engine, drawing, making the
 * document and showing it in a page; how many bytes are posted; and how large what shows it is.
 */
export const bench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'signoff-pictures-'));
  const browser = await launchBrowser();
  try {
    const { policy: policyFile } = await writeLargeProject(folder);
    writeFileSync(policyFile, policyText());
    const usual = { policyFile, run: undefined, trust: 'trusted', git: 'same', shown: undefined } as const;
    const checked = await assess({ ...usual, reading: { kind: 'whole' } }, context);
    const shown = checked.ok ? checked.value.assessed : undefined;
    if (shown === undefined || shown === 'as shown') throw new Error(JSON.stringify(checked));
    const { digest, assessment } = shown;
    const input = {
      policyFile,
      run: assessment.run.id,
      trust: 'trusted',
      digest,
      outcomes: assessment.outcomes,
    } as const;
    const failed = assessment.outcomes.find(({ status }) => status !== 'pass');
    if (failed) throw new Error(failed.message);
    const panel = await openPanel(browser, { theme: 'light', width: 1400 });
    const timings: number[] = [];
    let bytes = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      const drawn = await pictures(input, context);
      if (!drawn.ok) throw new Error(drawn.problem.message);
      const { document } = withPictures(bareDocument(`Round ${round}`), drawn.value);
      await panel.show(document);
      timings.push(performance.now() - start);
      bytes = JSON.stringify(document).length;
    }
    const name = 'metrics panel of a run of 10 million rows';
    return [
      { name: `${name}, opened after its check`, ours: median(timings), unit: 'ms', budget: { atMost: 1000 } },
      { name: `${name}, posted to it`, ours: bytes / 1000, unit: 'kB', budget: { atMost: 200 } },
      { name: 'panel, script and style (minified)', ours: bundleBytes() / 1000, unit: 'kB', budget: { atMost: 250 } },
    ];
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Nine metrics, calibration, groups and fairness: a picture of every kind that such rows have. */
function policyText(): string {
  const checks = METRICS.map((metric) => `  ${metric}: { check: metric, metric: ${metric}, dataset: holdout, min: 0 }`);
  return `version: 1
project: bench
model: bench
task: binary
run: { mlflow: mlflow.db }
datasets:
  holdout: { path: predictions.parquet, label: defaulted, score: p_default, groups: { band: { column: age, bins: [20, 40, 60] } } }
checks:
${checks.join('\n')}
  calibration: { check: metric, metric: expected_calibration_error, dataset: holdout, max: 1 }
  recall-by-band: { check: metric, metric: recall, dataset: holdout, by: band, min: 0 }
  parity: { check: fairness, metric: demographic_parity_difference, dataset: holdout, group: band, max: 1 }
  odds: { check: fairness, metric: equalized_odds_difference, dataset: holdout, group: band, max: 1 }
signoff:
  roles: { risk: [ben@acme.example] }
  environments: { production: { require: { risk: 1 } } }
`;
}

function bareDocument(title: string): PanelDocument {
  return { title, subtitle: '', facts: [], tables: [], actions: [], footnotes: [] };
}

function bundleBytes(): number {
  return ['document.js', 'document.css'].reduce(
    (sum, name) => sum + statSync(inRepository('dist', 'webview', name)).size,
    0,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  console.table(await bench({ metafile: { inputs: {}, outputs: {} } }));
