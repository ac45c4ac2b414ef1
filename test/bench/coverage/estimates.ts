import { type Result, succeed } from '../../../src/base/result.ts';
import { estimate, type MetricParameters, measure } from '../../../src/checks/estimate.ts';
import { columnKey, countedRows, type DatasetRows, datasetRows } from '../../../src/checks/rows/dataset-rows.ts';
import type { Column } from '../../../src/evidence/column-buffers.ts';
import type { Random } from '../../../src/metrics/resampling/random.ts';
import { type MetricName, metricFacts, type Task } from '../../../src/policy/metric-names.ts';
import type { Dataset } from '../../../src/policy/schema.ts';
import { drawCounts } from './samplers.ts';
import { CONFIDENCE, type Sample, type Scenario, withPilotError } from './scenario.ts';

/** A metric as a check asks for it, on rows that are drawn. */
export interface Asked {
  readonly name: string;
  readonly task: Task;
  readonly metric: MetricName;
  readonly parameters?: MetricParameters;
  readonly dataset?: Partial<Dataset>;
  readonly truths: readonly number[];
  readonly sizes: readonly number[];
  readonly drawsFor?: (size: number) => number | undefined;
}

/** Columns by name. */
export type Columns = Readonly<Record<string, Float64Array>>;

/** Which rows a scenario draws. */
export interface Population {
  /** @param size rows of the rarer class, or units, or queries */
  draw(random: Random, truth: number, size: number): Columns;
  /** What the metric comes to over the whole population. */
  truthOf(truth: number): number;
}

/** The way from rows to a decision that a check takes, refusals included. */
export function asked(scenario: Asked, population: Population): Scenario {
  const { name, metric, parameters = {}, truths, sizes } = scenario;
  const about = { dataset: datasetOf(scenario), name: 'drawn', task: scenario.task };
  return withPilotError({
    ...{ name, truths, sizes, side: sideOf(metric) },
    ...(scenario.drawsFor ? { drawsFor: scenario.drawsFor } : {}),
    boundFor: population.truthOf,
    prepare: (truth, size) => (random) =>
      sampleOf(metric, parameters, rowsOf(population.draw(random, truth, size), about)),
  });
}

/** As `asked`, of tn, fp, fn and tp alone. */
export function askedOfCounts(scenario: Asked, sharesFor: (truth: number) => Float64Array, rarer: number): Scenario {
  const { name, metric, parameters = {}, truths, sizes } = scenario;
  const about = { dataset: datasetOf(scenario), name: 'drawn', task: scenario.task };
  const rowsOfCounts = (counts: Float64Array) => {
    const [tp = 0, fp = 0, fn = 0, tn = 0] = counts;
    const cells = { truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn };
    const confusion = () => succeed({ weighted: cells, rows: cells });
    return countedRows(tp + fp + fn + tn, about, { confusion });
  };
  return {
    ...{ name, truths, sizes, side: sideOf(metric) },
    boundFor(truth) {
      const found = measure(metric, parameters, rowsOfCounts(sharesFor(truth).map((share) => share * 1e9)));
      if (!found.ok) throw new Error(found.problem.message);
      return found.value.value;
    },
    prepare(truth, size) {
      const shares = sharesFor(truth);
      const trials = Math.round(size / rarer);
      return (random) => sampleOf(metric, parameters, rowsOfCounts(drawCounts(random, trials, shares)));
    },
  };
}

function sideOf(metric: MetricName): 'min' | 'max' {
  return metricFacts(metric).greaterIsBetter ? 'min' : 'max';
}

function datasetOf({ dataset = {} }: Asked): Dataset {
  return { path: 'drawn.csv', label: 'y', ...dataset };
}

function sampleOf(metric: MetricName, parameters: MetricParameters, rows: DatasetRows): Sample {
  const found = measure(metric, parameters, rows);
  return {
    value: found.ok ? found.value.value : Number.NaN,
    interval() {
      const estimated = estimate(metric, parameters, rows, { confidence: CONFIDENCE });
      if (!estimated.ok || estimated.value.interval === null) return undefined;
      const [low, high] = estimated.value.interval;
      return Number.isFinite(low) && Number.isFinite(high) ? { low, high, method: '' } : undefined;
    },
  };
}

/** Rows as a reader would give them. */
export function rowsOf(
  columns: Columns,
  { dataset, name, task }: Pick<DatasetRows, 'dataset' | 'name' | 'task'>,
): DatasetRows {
  const read = new Map<string, Result<Column>>();
  for (const [column, values] of Object.entries(columns)) {
    const found: Column = { kind: 'number', values, nulls: 0, nans: 0 };
    for (const as of ['value', 'number'] as const) read.set(columnKey(column, as), succeed(found));
  }
  const rows = Object.values(columns)[0]?.length ?? 0;
  return datasetRows({ rows, columns: read }, dataset, name, task);
}
