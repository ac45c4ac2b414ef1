import { decideDrift } from '../../../src/checks/drift/decide-drift.ts';
import { measure } from '../../../src/checks/estimate.ts';
import type { MeasuredRows } from '../../../src/checks/estimates/difference.ts';
import { pairedDifferenceInterval, resampled } from '../../../src/checks/estimates/paired.ts';
import { measuredGroup } from '../../../src/checks/fairness/group-values.ts';
import { groupMeasureOf } from '../../../src/checks/fairness/measure-of.ts';
import { pairsAgainst, pairValue } from '../../../src/checks/fairness/pairs.ts';
import { resampledIntervals } from '../../../src/checks/fairness/resampled-intervals.ts';
import { partitionCodes } from '../../../src/checks/groups.ts';
import type { DriftColumn } from '../../../src/metrics/drift/columns.ts';
import { MMD_ROWS, maximumMeanDiscrepancy } from '../../../src/metrics/drift/mmd.ts';
import { points } from '../../../src/metrics/drift/multivariate-sample.ts';
import type { Interval } from '../../../src/metrics/resampling/interval.ts';
import { nextNormal, nextUniform, type Random, seededRandom } from '../../../src/metrics/resampling/random.ts';
import type { FairnessName } from '../../../src/policy/fairness-names.ts';
import type { MetricName } from '../../../src/policy/metric-names.ts';
import type { Dataset } from '../../../src/policy/schema.ts';
import { type Columns, rowsOf } from './estimates.ts';
import { weightOf } from './populations.ts';
import { CONFIDENCE, type MethodCoverage, type Sample, type Scenario, withPilotError } from './scenario.ts';

const SIZES = [50, 200];
const drawsFor = (): number => 1000;

/** Two models on the same rows, two groups of the same units, and several columns of two samples. */
export const ROW_PAIRS: readonly MethodCoverage[] = [
  {
    method: 'paired rows',
    scenarios: [
      drop('accuracy', 'units of five rows', { unit: 'u' }),
      drop('f1', 'units of five rows', { unit: 'u' }),
      drop('balanced_accuracy', 'weighted', { weight: 'w' }),
      relativeDrop('f1', 'weighted', { weight: 'w' }),
    ],
  },
  {
    method: 'resampled groups',
    scenarios: [
      groups('statistical_parity_difference', 'units in both groups', { unit: 'u' }, 'max'),
      groups('disparate_impact', 'weighted', { weight: 'w' }, 'min'),
    ],
  },
  { method: 'mmd', scenarios: [mmd()] },
];

const PREVALENCE = 0.3;
const ROWS_PER_UNIT = 5;

interface Drawn {
  readonly columns: Columns;
  /** The second model's predictions. */
  readonly second: Float64Array;
}

/**
 * Rows of which both models are right with this chance, half of them together; of a unit half of the rows repeat its
 * own. Size counts rows of the rarer class, or units of both classes.
 */
function drawModels(random: Random, truth: number, size: number, { weight, unit }: Partial<Dataset>): Drawn {
  const each = unit === undefined ? 1 : ROWS_PER_UNIT;
  const count = Math.round(size / PREVALENCE);
  const rows = count * each;
  const columns = {
    ...{ y: new Float64Array(rows), p: new Float64Array(rows) },
    ...(weight === undefined ? {} : { w: Float64Array.from({ length: rows }, () => weightOf(random)) }),
    ...(unit === undefined ? {} : { u: Float64Array.from({ length: rows }, (_, row) => Math.floor(row / each)) }),
  };
  const second = new Float64Array(rows);
  for (let one = 0, row = 0; one < count; one += 1) {
    const own = drawRow(random, truth);
    for (let member = 0; member < each; member += 1, row += 1) {
      const drawn = member === 0 || nextUniform(random) < 0.5 ? own : drawRow(random, truth);
      [columns.y[row], columns.p[row], second[row]] = drawn;
    }
  }
  return { columns: columns as unknown as Columns, second };
}

function drawRow(random: Random, truth: number): readonly [number, number, number] {
  const label = nextUniform(random) < PREVALENCE ? 1 : 0;
  // As many false positives as false negatives, so that recall is precision.
  const chance = label === 1 ? truth : 1 - ((1 - truth) * PREVALENCE) / (1 - PREVALENCE);
  const shared = nextUniform(random);
  const other = nextUniform(random) < 0.5 ? shared : nextUniform(random);
  const answer = (draw: number) => (draw < chance ? label : 1 - label);
  return [label, answer(shared), answer(other)];
}

/** Two equally good models, of which the drop must not be above 0. */
function drop(metric: MetricName, how: string, dataset: Partial<Dataset>): Scenario {
  return pairOfModels(
    `paired rows: ${metric}, ${how}`,
    metric,
    { prediction: 'p', ...dataset },
    'p',
    (first, second) => ({
      value: first.measure.value - second.measure.value,
      interval: () => found(pairedDifferenceInterval(metric, {}, first, second, CONFIDENCE)),
    }),
  );
}

function relativeDrop(metric: MetricName, how: string, dataset: Partial<Dataset>): Scenario {
  const name = `paired rows: relative drop of ${metric}, ${how}`;
  const relative = (a: number, b: number) => (a - b) / a;
  return pairOfModels(name, metric, { prediction: 'p', ...dataset }, 'p', (first, second) => ({
    value: relative(first.measure.value, second.measure.value),
    interval: () => found(resampled(first, second, relative, CONFIDENCE)),
  }));
}

type Compare = (first: MeasuredRows, second: MeasuredRows) => Sample;

function pairOfModels(
  name: string,
  metric: MetricName,
  dataset: Partial<Dataset>,
  column: string,
  compare: Compare,
): Scenario {
  return withPilotError({
    ...{ name, truths: [0.7, 0.9, 0.98], sizes: SIZES, side: 'max', drawsFor, boundFor: () => 0 },
    prepare: (truth, size) => (random) => {
      const { columns, second } = drawModels(random, truth, size, dataset);
      return compared(metric, dataset, columns, { ...columns, [column]: second }, compare);
    },
  });
}

function compared(
  metric: MetricName,
  dataset: Partial<Dataset>,
  ofFirst: Columns,
  ofSecond: Columns,
  compare: Compare,
): Sample {
  const [first, second] = [ofFirst, ofSecond].map((columns) => {
    const rows = rowsOf(columns, { dataset: { path: 'd.csv', label: 'y', ...dataset }, name: 'd', task: 'binary' });
    const measured = measure(metric, {}, rows);
    return measured.ok ? { measure: measured.value, rows } : undefined;
  });
  return first && second ? compare(first, second) : { value: Number.NaN, interval: () => undefined };
}

/** The first group's rate lies below, or above, the privileged one's by just what is allowed. */
function groups(metric: FairnessName, how: string, dataset: Partial<Dataset>, side: 'min' | 'max'): Scenario {
  const [distance, ratio] = [0.05, 0.8];
  const of = groupMeasureOf(metric);
  if (of === undefined) throw new Error(`${metric} compares no groups`);
  const isRatio = metric === 'disparate_impact';
  return withPilotError({
    name: `resampled groups: ${metric}, ${how}`,
    ...{ truths: [0.1, 0.5, 0.9], sizes: SIZES, side, drawsFor, boundFor: () => (isRatio ? ratio : distance) },
    prepare: (truth, size) => (random) => {
      const chances = [isRatio ? truth * ratio : truth + distance, truth];
      const columns = drawGroups(random, chances, size, dataset);
      const declared = { path: 'd.csv', label: 'y', prediction: 'p', groups: { g: { privileged: '1' } }, ...dataset };
      const rows = rowsOf(columns, { dataset: declared, name: 'd', task: 'binary' });
      const divided = partitionCodes(rows, 'g');
      if (!divided.ok) return { value: Number.NaN, interval: () => undefined };
      const measured = divided.value.groups.map((group, code) => measuredGroup(group, code, of.metrics, {}, undefined));
      const [other, privileged] = measured;
      if (!other || !privileged || other.problem || privileged.problem) {
        return { value: Number.NaN, interval: () => undefined };
      }
      const pairs = pairsAgainst(privileged, measured);
      return {
        value: pairValue(pairs[0] as (typeof pairs)[number], of.pair),
        interval: () => found(resampledIntervals(rows, divided.value.codes(), pairs, of.pair, CONFIDENCE))?.[0],
      };
    },
  });
}

/** Positives that are selected with their group's chance; of a unit, every other row is of the other group. */
function drawGroups(random: Random, chances: readonly number[], size: number, { weight, unit }: Partial<Dataset>) {
  const rows = 2 * size * (unit === undefined ? 1 : ROWS_PER_UNIT);
  const columns: Record<string, Float64Array> = {
    y: new Float64Array(rows).fill(1),
    p: new Float64Array(rows),
    g: Float64Array.from({ length: rows }, (_, row) => row % 2),
  };
  const unitOf = (row: number) => Math.floor(row / (2 * ROWS_PER_UNIT));
  const own = Float64Array.from({ length: unitOf(rows) + 1 }, () => nextUniform(random));
  const p = columns['p'] as Float64Array;
  for (let row = 0; row < rows; row += 1) {
    const isOwn = unit !== undefined && nextUniform(random) < 0.5;
    const draw = isOwn ? (own[unitOf(row)] as number) : nextUniform(random);
    p[row] = draw < (chances[row % 2] as number) ? 1 : 0;
  }
  if (weight !== undefined) columns['w'] = Float64Array.from({ length: rows }, () => weightOf(random));
  if (unit !== undefined) columns['u'] = Float64Array.from({ length: rows }, (_, row) => unitOf(row));
  return columns;
}

/** Two correlated columns, of which the first has moved; the kernel's width is the sample's own. */
function mmd(): Scenario {
  const known = new Map<number, number>();
  return withPilotError({
    name: 'mmd: two columns, the first shifted',
    ...{ truths: [0.3, 1], sizes: [50], side: 'max' },
    drawsFor: () => 300,
    boundFor(shift) {
      const found = known.get(shift) ?? meanDiscrepancy(shift);
      known.set(shift, found);
      return found;
    },
    prepare: (shift, size) => {
      const bound = known.get(shift) ?? meanDiscrepancy(shift);
      known.set(shift, bound);
      return (random) => {
        const sample = points(shifted(random, shift, size), MMD_ROWS);
        if (!sample.ok) throw new Error(sample.problem.message);
        const plain = maximumMeanDiscrepancy(sample.value);
        return {
          value: plain.ok ? plain.value.value : Number.NaN,
          interval() {
            const measured = maximumMeanDiscrepancy(sample.value, CONFIDENCE);
            if (!measured.ok) return undefined;
            const { status } = decideDrift({ method: 'mmd', max: bound, min_rows: undefined }, measured.value);
            return status === 'not_evaluable' ? undefined : (measured.value.interval ?? undefined);
          },
        };
      };
    },
  });
}

/** The square of the estimate is unbiased, so that its mean over samples is the truth's. */
function meanDiscrepancy(shift: number): number {
  const random = seededRandom(11);
  const draws = 30;
  let sum = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const sample = points(shifted(random, shift, 300), MMD_ROWS);
    if (!sample.ok) throw new Error(sample.problem.message);
    const measured = maximumMeanDiscrepancy(sample.value);
    if (measured.ok) sum += measured.value.value ** 2;
  }
  return Math.sqrt(sum / draws);
}

function shifted(random: Random, shift: number, rows: number) {
  const draw = (by: number): [DriftColumn, DriftColumn] => {
    const a = new Float64Array(rows);
    const b = new Float64Array(rows);
    for (let row = 0; row < rows; row += 1) {
      a[row] = nextNormal(random);
      b[row] = 0.5 * (a[row] as number) + nextNormal(random);
      a[row] = (a[row] as number) + by;
    }
    return [
      { kind: 'number', values: a },
      { kind: 'number', values: b },
    ];
  };
  const [reference, current] = [draw(0), draw(shift)];
  return [
    { name: 'a', reference: reference[0], current: current[0] },
    { name: 'b', reference: reference[1], current: current[1] },
  ];
}

function found<Value extends Interval | readonly (Interval | undefined)[] | undefined>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false },
): Value | undefined {
  return result.ok ? result.value : undefined;
}
