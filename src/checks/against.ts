import { fail, type Result, succeed } from '../base/result.ts';
import type { Interval } from '../metrics/resampling/interval.ts';
import { type MetricName, metricFacts } from '../policy/metric-names.ts';
import type { MetricCheck } from '../policy/schema.ts';
import { type BaselineModel, type CheckContext, type Finding, notEvaluable } from './check-context.ts';
import { type Compared, type Comparison, dropBoundOf, findingOfDrops, firstModel } from './drops.ts';
import { formulaOf, measure } from './estimate.ts';
import { differenceInterval, type MeasuredRows, ratioInterval } from './estimates/difference.ts';
import { pairedDifferenceInterval, resampled } from './estimates/paired.ts';
import { declaredWithoutRows, WITHOUT_ROWS } from './fairness/declared-groups.ts';
import { partitionCodes } from './groups.ts';
import { tooFewSentence } from './judge-estimate.ts';
import { loggedValue } from './logged-metric.ts';
import { pairedRows } from './pairing.ts';
import type { DatasetRows } from './rows/dataset-rows.ts';
import { metricLabel } from './words.ts';

/**
 * A metric compared with another model's: `value` is the drop, how much worse this model is, in the metric's own
 * direction. Rows are paired where the data set has a `key`.
 */
export async function checkAgainst(check: MetricCheck, against: string, context: CheckContext): Promise<Finding> {
  const bound = dropBoundOf(check);
  if (bound === null) {
    return notEvaluable('The check has no bound: with `against` it needs `max_drop` or `max_drop_relative`.');
  }
  if (check.min !== undefined || check.max !== undefined || check.max_abs !== undefined) {
    return notEvaluable('With `against` the value is the drop; `min`, `max` and `max_abs` can’t bound it.', { bound });
  }
  const baseline = await baselineOf(against, context);
  if (!baseline.ok) return notEvaluable(baseline.problem.message, { bound });
  if (baseline.value === undefined) return firstModel(against, bound);
  if (check.logged !== undefined) return compareLogged(check, check.logged, baseline.value, context);
  if (check.metric === undefined) return notEvaluable('The check names neither `metric` nor `logged`.', { bound });
  const tables = await bothTables(check, baseline.value, context);
  if (!tables.ok) return notEvaluable(tables.problem.message, { bound });
  const { evidence } = tables.value;
  const compared = compareParts(check, check.metric, tables.value, context.signal);
  if (!compared.ok) return notEvaluable(compared.problem.message, { bound, evidence });
  const name = metricLabel(check.metric);
  return { ...findingOfDrops(check, name, compared.value, baseline.value.title), evidence };
}

/** The other model; undefined where nothing is approved yet. It is not this model's own run. */
export async function baselineOf(against: string, context: CheckContext): Promise<Result<BaselineModel | undefined>> {
  const baseline = await context.baseline(against);
  if (!baseline.ok || baseline.value === undefined) return baseline;
  if (baseline.value.run.id !== context.run.id) return baseline;
  return fail(
    'baseline-is-self',
    `The check compares with ${baseline.value.title}, which is this very run; a model can't be worse than itself.`,
  );
}

/** A logged metric of both runs, as the check names it. */
export function bothLogged(
  check: MetricCheck,
  name: string,
  baseline: BaselineModel,
  { run }: CheckContext,
): Result<Omit<Comparison, 'name'>> {
  if (check.greater_is_better === undefined) {
    return fail(
      'direction-missing',
      'A logged metric has no direction of its own: the check needs `greater_is_better`.',
    );
  }
  const own = loggedValue(run, name, check.step);
  if (!own.ok) return own;
  const others = loggedValue(baseline.run, name, check.step);
  if (!others.ok) return fail(others.problem.code, `In ${baseline.title}: ${others.problem.message}`);
  return succeed({
    ...{ own: own.value.value, others: others.value.value, greaterIsBetter: check.greater_is_better },
    ...{ rows: null, formula: own.value.formula, paired: undefined },
  });
}

function compareLogged(check: MetricCheck, name: string, baseline: BaselineModel, context: CheckContext): Finding {
  const found = bothLogged(check, name, baseline, context);
  if (!found.ok) return notEvaluable(found.problem.message, { bound: dropBoundOf(check) });
  return findingOfDrops(
    check,
    `“${name}”`,
    [{ name: '', compared: succeed({ ...found.value, name: '' }) }],
    baseline.title,
  );
}

/** The rows of both models. */
export interface BothTables {
  readonly own: DatasetRows;
  readonly others: DatasetRows;
  readonly evidence: Finding['evidence'];
}

/** Reads the check's data set for both models; each must have its own. */
export async function bothTables(
  check: MetricCheck,
  baseline: BaselineModel,
  context: CheckContext,
): Promise<Result<BothTables>> {
  if (check.dataset === undefined) return fail('dataset-missing', 'The check names no `dataset` to compute from.');
  const path = Object.hasOwn(context.policy.datasets, check.dataset)
    ? context.policy.datasets[check.dataset]?.path
    : undefined;
  if (path !== undefined && !path.startsWith('run:')) {
    return fail(
      'dataset-shared',
      `Data set “${check.dataset}” is not among a run’s artifacts, so it holds only one model’s predictions, and nothing can be compared; its path must start with \`run:\`.`,
    );
  }
  const own = await context.tables.load(check.dataset);
  if (!own.ok) return own;
  const others = await baseline.tables.load(check.dataset);
  if (!others.ok) return fail(others.problem.code, `In ${baseline.title}: ${others.problem.message}`);
  const { evidence } = own.value;
  const theirs = others.value.evidence.filter(
    ({ path: file, sha256 }) => !evidence.some((each) => each.path === file && each.sha256 === sha256),
  );
  return succeed({ own: own.value.rows, others: others.value.rows, evidence: [...evidence, ...theirs] });
}

/** The comparison over all rows, or group by group. A group may be incomparable for a reason of its own. */
export function compareParts(
  check: MetricCheck,
  metric: MetricName,
  { own, others }: BothTables,
  signal?: AbortSignal | undefined,
): Result<readonly Compared[]> {
  const { needsLabel } = metricFacts(metric);
  const isPaired = own.dataset.key !== undefined;
  const matched = isPaired ? pairedRows(own, others, needsLabel) : succeed(others);
  if (!matched.ok) return matched;
  const pair = isPaired ? 'paired' : 'unpaired';
  const compare = (a: DatasetRows, b: DatasetRows) => compareRows(check, metric, a, b, pair, signal);
  if (check.by === undefined) return succeed([{ name: '', compared: compare(own, matched.value) }]);
  const groups = partitionCodes(own, check.by);
  if (!groups.ok) return groups;
  const missing = declaredWithoutRows(own.dataset, check.by, groups.value.groups);
  if (isPaired) {
    return succeed([
      ...groups.value.groups.map(({ name, rows }, index) => {
        const indices = indicesOf(groups.value.codes(), index, rows.rows);
        return { name, compared: compare(rows, matched.value.only(indices, `${rows.title}, of the other model`)) };
      }),
      ...missing.map((name): Compared => ({ name, compared: fail('group-missing', WITHOUT_ROWS) })),
    ]);
  }
  const theirs = partitionCodes(others, check.by);
  if (!theirs.ok) return theirs;
  const names = new Set([...[...groups.value.groups, ...theirs.value.groups].map(({ name }) => name), ...missing]);
  const inOrder = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return succeed(
    inOrder.map((name) => {
      const mine = groups.value.groups.find((group) => group.name === name);
      const other = theirs.value.groups.find((group) => group.name === name);
      if (mine && other) return { name, compared: compare(mine.rows, other.rows) };
      return {
        name,
        compared: fail(
          'group-missing',
          mine || other ? `Only ${mine ? 'this' : 'the other'} model’s data has rows of it.` : WITHOUT_ROWS,
        ),
      };
    }),
  );
}

function indicesOf(codes: Int32Array, group: number, count: number): Int32Array {
  const indices = new Int32Array(count);
  let at = 0;
  for (let row = 0; row < codes.length; row += 1) {
    if (codes[row] !== group) continue;
    indices[at] = row;
    at += 1;
  }
  return indices;
}

function compareRows(
  check: MetricCheck,
  metric: MetricName,
  own: DatasetRows,
  others: DatasetRows,
  pair: 'paired' | 'unpaired',
  signal: AbortSignal | undefined,
): Result<Comparison> {
  signal?.throwIfAborted();
  const mine = measured(check, metric, own, 'this model');
  if (!mine.ok) return mine;
  const theirs = measured(check, metric, others, 'the other model');
  if (!theirs.ok) return theirs;
  const { greaterIsBetter } = metricFacts(metric);
  const [a, b] = [mine.value, theirs.value];
  const compared: Comparison = {
    name: own.title,
    ...{ own: a.measure.value, others: b.measure.value, greaterIsBetter },
    ...{ rows: own.rows, othersRows: others.rows, formula: `drop/${formulaOf(a.measure, own)}/${pair}`, paired: pair },
  };
  if (check.confidence === undefined) return succeed(compared);
  const [first, second] = greaterIsBetter ? [b, a] : [a, b];
  const drop =
    pair === 'paired'
      ? pairedDifferenceInterval(metric, check, first, second, check.confidence, signal)
      : differenceInterval(first, second, check.confidence, signal);
  if (!drop.ok) return drop;
  const relative =
    check.max_drop_relative === undefined
      ? succeed(undefined)
      : relativeInterval(a, b, greaterIsBetter, pair, check.confidence, signal);
  if (!relative.ok) return relative;
  return succeed({ ...compared, dropInterval: drop.value, relativeInterval: relative.value });
}

function measured(check: MetricCheck, metric: MetricName, rows: DatasetRows, whose: string): Result<MeasuredRows> {
  const found = measure(metric, check, rows);
  if (!found.ok) return fail(found.problem.code, `Of ${whose}: ${found.problem.message}`);
  const few = tooFewSentence(found.value, check.min_rows);
  if (few !== undefined) return fail('rows-too-few', `Of ${whose}: ${few}`);
  if (found.value.zeroDivision) {
    return fail(
      'metric-undefined',
      `Of ${whose}: ${metricLabel(metric)} is 0/0, as there are no ${found.value.dividedByWhat}; so no drop can be told.`,
    );
  }
  return succeed({ measure: found.value, rows });
}

/** The interval of drop ÷ |other|. */
function relativeInterval(
  own: MeasuredRows,
  others: MeasuredRows,
  greaterIsBetter: boolean,
  pair: 'paired' | 'unpaired',
  confidence: number,
  signal: AbortSignal | undefined,
): Result<Interval | undefined> {
  const sign = greaterIsBetter ? 1 : -1;
  if (pair === 'paired') {
    const drop = (a: number, b: number) => (b === 0 ? Number.NaN : (sign * (b - a)) / Math.abs(b));
    return resampled(own, others, drop, confidence, signal);
  }
  const ratio = ratioInterval(own, others, confidence, signal);
  if (!ratio.ok || ratio.value === undefined) return ratio;
  const { low, high, method } = ratio.value;
  return succeed(greaterIsBetter ? { low: 1 - high, high: 1 - low, method } : { low: low - 1, high: high - 1, method });
}
