import { type Result, succeed } from '../base/result.ts';
import { countOf, formatNumber, formatNumberAgainst, listInWords } from '../base/text.ts';
import { type MetricName, metricFacts } from '../policy/metric-names.ts';
import type { MetricCheck } from '../policy/schema.ts';
import { baselineOf, bothLogged, bothTables, compareParts } from './against.ts';
import { type BaselineModel, type CheckContext, type Finding, notEvaluable } from './check-context.ts';
import { estimate } from './estimate.ts';
import { declaredWithoutRows, WITHOUT_ROWS } from './fairness/declared-groups.ts';
import { partition } from './groups.ts';
import { overallZeroDivision, tooFewSentence } from './judge-estimate.ts';
import { loggedValue } from './logged-metric.ts';
import type { OutcomeStatus } from './outcome.ts';
import { listedParts, type PartFinding, partsInWords, worstPart } from './parts.ts';
import { metricLabel } from './words.ts';

const KEYS = ['threshold', 'min_absolute_change', 'min_relative_change'] as const;

/** What better than a baseline of 0 means to MLflow. */
const BETTER_THAN_ZERO = 1e-10;

/** A metric's value, and the other model's where the check compares. */
export interface MlflowValues {
  readonly own: number;
  readonly others: number | undefined;
  readonly greaterIsBetter: boolean;
}

export type MlflowThreshold = Pick<MetricCheck, (typeof KEYS)[number]>;

/** Whether the check has a field of MLflow's MetricThreshold. */
export function hasMlflowThreshold(check: MetricCheck): boolean {
  return KEYS.some((key) => check[key] !== undefined);
}

/**
 * Which of the three demands fail, by MLflow's rules: all are inclusive; a relative change from a baseline of 0 is
 * judged as a change of 1e-10. Values are finite. Changes are only judged where there is a baseline.
 *
 * Source: mlflow.models.evaluation.validation (`_validate`), MLflow 3.17.
 */
export function failedDemands(threshold: MlflowThreshold, values: MlflowValues): (typeof KEYS)[number][] {
  const { own, others, greaterIsBetter } = values;
  const isBetter = (a: number, b: number) => (greaterIsBetter ? a >= b : a <= b);
  const changed = (from: number, by: number) => (greaterIsBetter ? from + by : from - by);
  const failed: (typeof KEYS)[number][] = [];
  if (threshold.threshold !== undefined && !isBetter(own, threshold.threshold)) failed.push('threshold');
  if (others === undefined) return failed;
  const { min_absolute_change: absolute, min_relative_change: relative } = threshold;
  if (absolute !== undefined && !isBetter(own, changed(others, absolute))) failed.push('min_absolute_change');
  if (relative !== undefined) {
    const isMet =
      others === 0
        ? isBetter(own, changed(others, BETTER_THAN_ZERO))
        : (greaterIsBetter ? own - others : others - own) / Math.abs(others) >= relative;
    if (!isMet) failed.push('min_relative_change');
  }
  return failed;
}

/** A check with fields of MLflow's MetricThreshold; `value` is the metric's. */
export async function checkMlflowThreshold(check: MetricCheck, context: CheckContext): Promise<Finding> {
  const bound = mlflowBoundOf(check);
  const others = (['min', 'max', 'max_abs', 'max_drop', 'max_drop_relative', 'confidence'] as const).filter(
    (key) => check[key] !== undefined,
  );
  if (others.length > 0) {
    const keys = listInWords(others.map((key) => `\`${key}\``));
    return notEvaluable(`MLflow’s threshold fields and ${keys} can’t stand in one check.`, { bound });
  }
  const compares = check.min_absolute_change !== undefined || check.min_relative_change !== undefined;
  if (compares && check.against === undefined) {
    return notEvaluable('The check demands a change and compares with nothing: it has no `against`.', { bound });
  }
  let baseline: BaselineModel | undefined;
  if (compares && check.against !== undefined) {
    const found = await baselineOf(check.against, context);
    if (!found.ok) return notEvaluable(found.problem.message, { bound });
    baseline = found.value;
    if (baseline === undefined && check.threshold === undefined) {
      const message = `Nothing is approved for ${check.against} yet: this is the first model, so there is no change to judge.`;
      return { ...notEvaluable(message, { bound }), status: 'not_applicable' };
    }
  }
  const values = await valuesOf(check, baseline, context);
  if (!values.ok) return notEvaluable(values.problem.message, { bound });
  const isFirst = compares && baseline === undefined;
  return findingOf(check, values.value, { bound, isFirst, title: baseline?.title });
}

function mlflowBoundOf(check: MetricCheck): Finding['bound'] {
  const bound: Record<string, number> = {};
  for (const key of KEYS) {
    const limit = check[key];
    if (limit !== undefined) bound[key] = limit;
  }
  return bound;
}

interface Valued {
  readonly name: string;
  readonly values: Result<MlflowValues & { readonly rows: number | null; readonly formula: string }>;
}

interface AllValues {
  readonly metric: string;
  readonly parts: readonly Valued[];
  readonly evidence: Finding['evidence'];
}

async function valuesOf(
  check: MetricCheck,
  baseline: BaselineModel | undefined,
  context: CheckContext,
): Promise<Result<AllValues>> {
  if (check.logged !== undefined) return loggedValues(check, check.logged, baseline, context);
  const { metric } = check;
  if (metric === undefined) return problem('The check names neither `metric` nor `logged`.');
  if (baseline !== undefined) {
    const tables = await bothTables(check, baseline, context);
    if (!tables.ok) return tables;
    const compared = compareParts(check, metric, tables.value, context.signal);
    if (!compared.ok) return compared;
    const parts = compared.value.map(({ name, compared: found }) => ({ name, values: found }));
    return succeed({ metric: metricLabel(metric), parts, evidence: tables.value.evidence });
  }
  return ownValues(check, metric, context);
}

async function ownValues(check: MetricCheck, metric: MetricName, context: CheckContext): Promise<Result<AllValues>> {
  if (check.dataset === undefined) return problem('The check names no `dataset` to compute from.');
  const dataset = await context.tables.load(check.dataset);
  if (!dataset.ok) return dataset;
  const { rows, evidence } = dataset.value;
  const groups = check.by === undefined ? succeed([{ name: '', rows }]) : partition(rows, check.by);
  if (!groups.ok) return groups;
  const { greaterIsBetter } = metricFacts(metric);
  const parts = groups.value.map((group): Valued => {
    const found = estimate(metric, check, group.rows);
    if (!found.ok) return { name: group.name, values: found };
    const { value, formula, zeroDivision, dividedByWhat } = found.value;
    const few = tooFewSentence(found.value, check.min_rows);
    if (few !== undefined) return { name: group.name, values: problem(few) };
    if (zeroDivision && (check.by !== undefined || overallZeroDivision(metric) === 'is not evaluable')) {
      return { name: group.name, values: problem(`It is 0/0: there are no ${dividedByWhat}.`) };
    }
    const values = { own: value, others: undefined, greaterIsBetter, rows: group.rows.rows, formula };
    return { name: group.name, values: succeed(values) };
  });
  const missing = check.by === undefined ? [] : declaredWithoutRows(rows.dataset, check.by, groups.value);
  parts.push(...missing.map((name): Valued => ({ name, values: problem(WITHOUT_ROWS) })));
  return succeed({ metric: metricLabel(metric), parts, evidence });
}

function loggedValues(
  check: MetricCheck,
  name: string,
  baseline: BaselineModel | undefined,
  context: CheckContext,
): Result<AllValues> {
  if (check.greater_is_better === undefined) {
    return problem('A logged metric has no direction of its own: the check needs `greater_is_better`.');
  }
  const metric = `The logged “${name}”`;
  if (baseline !== undefined) {
    const found = bothLogged(check, name, baseline, context);
    return found.ok ? succeed({ metric, parts: [{ name: '', values: succeed(found.value) }], evidence: [] }) : found;
  }
  const own = loggedValue(context.run, name, check.step);
  if (!own.ok) return own;
  const { value, formula } = own.value;
  const values = { own: value, others: undefined, greaterIsBetter: check.greater_is_better, rows: null, formula };
  return succeed({ metric, parts: [{ name: '', values: succeed(values) }], evidence: [] });
}

interface Circumstances {
  readonly bound: Finding['bound'];
  /** Whether changes are demanded and there is no other model yet. */
  readonly isFirst: boolean;
  readonly title: string | undefined;
}

function findingOf(check: MetricCheck, { metric, parts, evidence }: AllValues, known: Circumstances): Finding {
  const { bound, isFirst } = known;
  const judged = parts.map((part) => judgePart(check, part, known));
  const worst = worstPart(judged, null);
  if (worst === undefined) return notEvaluable('There is nothing to judge.', { bound, evidence });
  const { status, value, rows, reason } = worst;
  const formula = parts.flatMap(({ values }) => (values.ok ? [`${values.value.formula}, mlflow`] : []))[0] ?? null;
  const first = isFirst ? ' This is the first model, so no change is judged.' : '';
  const message =
    judged.length === 1 && check.by === undefined
      ? `${metric}: ${reason}`
      : `${metric}: ${partsInWords(judged, worst, 'group')}`;
  return {
    ...{ status, value, bound, interval: null, rows, formula, evidence, message: message + first },
    ...(check.by === undefined ? {} : { parts: listedParts(judged) }),
  };
}

function judgePart(check: MetricCheck, { name, values }: Valued, { title }: Circumstances): PartFinding {
  if (!values.ok) {
    return { name, status: 'not_evaluable', value: null, interval: null, rows: null, reason: values.problem.message };
  }
  const { own, others, rows, greaterIsBetter } = values.value;
  const failed = failedDemands(check, values.value);
  const status: OutcomeStatus = failed.length === 0 ? 'pass' : 'fail';
  const against = others === undefined ? '' : ` against ${formatNumber(others)} of ${title}`;
  const where = rows === null ? '' : ` on ${countOf(rows, 'row')}`;
  const value = check.threshold === undefined ? formatNumber(own) : formatNumberAgainst(own, check.threshold);
  const demands = demandsInWords(check, greaterIsBetter, others !== undefined);
  const verdict = failed.length === 0 ? '' : `, which does not meet ${listInWords(failed.map((key) => `\`${key}\``))}`;
  return {
    name,
    status,
    value: own,
    interval: null,
    rows,
    reason: `${value}${against}${where}${verdict}; required: ${demands}.`,
  };
}

function demandsInWords(check: MetricCheck, greaterIsBetter: boolean, compares: boolean): string {
  const { threshold, min_absolute_change: absolute, min_relative_change: relative } = check;
  return listInWords([
    ...(threshold === undefined ? [] : [`at ${greaterIsBetter ? 'least' : 'most'} ${formatNumber(threshold)}`]),
    ...(absolute === undefined || !compares ? [] : [`better by at least ${formatNumber(absolute)}`]),
    ...(relative === undefined || !compares ? [] : [`better by at least ${formatNumber(relative * 100)} %`]),
  ]);
}

function problem<Value>(message: string): Result<Value> {
  return { ok: false, problem: { code: 'not-evaluable', severity: 'error', message } };
}
