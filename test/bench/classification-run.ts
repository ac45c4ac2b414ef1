// `classification-run.ts floor|checks|counts <file>`: one measurement in a process of its own, printed as JSON.
import { basename, dirname } from 'node:path';
import { assess } from '../../src/checks/assess.ts';
import { readColumns } from '../../src/evidence/table.ts';
import { sortFloats } from '../../src/metrics/sort-floats.ts';
import type { MetricName } from '../../src/policy/metric-names.ts';
import type { Check, Policy } from '../../src/policy/schema.ts';
import type { Run } from '../../src/runs/run.ts';

const [what, file = ''] = process.argv.slice(2);
const METRICS: readonly MetricName[] = [
  'accuracy',
  'precision',
  'recall',
  'f1',
  'matthews_corrcoef',
  'roc_auc',
  'average_precision',
  'log_loss',
  'brier_score',
];

/** Those that need no more than counts, so that the rows of a large table are not kept. */
const COUNTS = METRICS.slice(0, 5);

const found = what === 'floor' ? await floor() : await checks(what === 'counts' ? COUNTS : METRICS);
console.log(JSON.stringify({ ...found, megabytes: process.resourceUsage().maxRSS / 1024 }));

/** Streaming the needed columns into typed arrays, plus one radix sort of the scores. */
async function floor(): Promise<{ readonly ms: number }> {
  // DuckDB is loaded before the clock starts, as it is for the checks.
  await import('@duckdb/node-api');
  const start = performance.now();
  const table = await readColumns({ absolute: [file], relative: [file] }, [
    { name: 'label', as: 'number' },
    { name: 'score', as: 'number' },
    { name: 'sector', as: 'value' },
  ]);
  if (!table.ok) throw new Error(table.problem.message);
  const score = table.value.columns.get('score');
  if (!score?.ok || score.value.kind !== 'number') throw new Error('No scores');
  sortFloats(score.value.values as Float64Array<ArrayBuffer>);
  return { ms: performance.now() - start };
}

async function checks(
  metrics: readonly MetricName[],
): Promise<{ readonly ms: number; readonly values: readonly (number | null)[] }> {
  await import('@duckdb/node-api');
  const all: Record<string, Check> = Object.fromEntries(
    metrics.map((metric) => [metric, { check: 'metric', metric, dataset: 'rows', min: 0 }]),
  );
  for (const metric of ['demographic_parity_difference', 'equalized_odds_difference'] as const) {
    all[metric] = { check: 'fairness', metric, dataset: 'rows', group: 'sector', max: 1 };
  }
  const policy: Policy = {
    ...{ version: 1, project: 'p', model: 'm', task: 'binary', run: { mlflow: 'mlruns' } },
    datasets: { rows: { path: basename(file), label: 'label', score: 'score', groups: { sector: {} } } },
    ...{ checks: all, signoff: { roles: {}, environments: {} } },
  };
  const run: Run = {
    ...{ id: 'r', name: 'r', experiment: 'e', status: 'finished', user: undefined, startTime: 0, endTime: 0 },
    ...{
      metrics: new Map(),
      params: new Map(),
      tags: new Map(),
      history: new Map(),
      inputs: [],
      models: [],
      registered: [],
    },
    artifactFolder: undefined,
  };
  const start = performance.now();
  const { assessment } = await assess({
    policyFile: `${dirname(file)}/signoff.yaml`,
    policyBytes: new Uint8Array(),
    policy,
    positions: { locate: () => ({ offset: 0, length: 0, line: 1, column: 1 }) },
    run,
    source: { location: 'mlruns' },
  });
  const ms = performance.now() - start;
  const failed = assessment.outcomes.find(({ status }) => status !== 'pass');
  if (failed) throw new Error(failed.message);
  return { ms, values: assessment.outcomes.map(({ value }) => value) };
}
