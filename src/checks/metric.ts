import { fail } from '../base/result.ts';
import { listInWords } from '../base/text.ts';
import { groupNames } from '../policy/groups.ts';
import type { MetricName } from '../policy/metric-names.ts';
import type { MetricCheck } from '../policy/schema.ts';
import { checkAgainst } from './against.ts';
import { boundInWords, boundOf, judge, valueInWords } from './bounds.ts';
import { type CheckContext, type Finding, notEvaluable } from './check-context.ts';
import { estimate } from './estimate.ts';
import { declaredWithoutRows, WITHOUT_ROWS } from './fairness/declared-groups.ts';
import { partition } from './groups.ts';
import { judgeEstimate, overallZeroDivision, requirementInWords, valueInRows } from './judge-estimate.ts';
import { loggedValue } from './logged-metric.ts';
import { checkMlflowThreshold, hasMlflowThreshold } from './mlflow-threshold.ts';
import { listedParts, type PartFinding, partsInWords, worstPart } from './parts.ts';
import type { DatasetRows } from './rows/dataset-rows.ts';
import { metricLabel } from './words.ts';

/**
 * One metric within bounds, as the run logged it or recomputed from the rows of a data set; for each group where the
 * check says `by`; compared with another model where it says `against`.
 */
export async function checkMetric(check: MetricCheck, context: CheckContext): Promise<Finding> {
  if (check.metric !== undefined && check.logged !== undefined) {
    return notEvaluable('The check names both `metric` and `logged`; it needs one of them.', { bound: boundOf(check) });
  }
  if (check.logged !== undefined && check.min_rows !== undefined) {
    return notEvaluable('A logged metric has no rows that `min_rows` could count.', { bound: boundOf(check) });
  }
  if (check.logged !== undefined && (check.confidence !== undefined || check.by !== undefined)) {
    return notEvaluable('A logged metric has no rows to make groups or an interval of.', { bound: boundOf(check) });
  }
  if (hasMlflowThreshold(check)) return checkMlflowThreshold(check, context);
  if (check.against !== undefined) return checkAgainst(check, check.against, context);
  const bound = boundOf(check);
  if (check.max_drop !== undefined || check.max_drop_relative !== undefined) {
    return notEvaluable('`max_drop` and `max_drop_relative` compare with nothing: the check has no `against`.', {
      bound,
    });
  }
  if (bound === null) return notEvaluable('The check has no bound: it needs `min`, `max` or `max_abs`.');
  if (check.logged !== undefined) return checkLogged(check, check.logged, context);
  if (check.metric === undefined) return notEvaluable('The check names neither `metric` nor `logged`.', { bound });
  return checkRecomputed(check, check.metric, context);
}

function checkLogged(check: MetricCheck, name: string, { run }: CheckContext): Finding {
  const bound = boundOf(check);
  const logged = loggedValue(run, name, check.step);
  if (!logged.ok) return notEvaluable(logged.problem.message, { bound });
  const { value, step, formula } = logged.value;
  return {
    status: judge(value, bound),
    ...{ value, bound, interval: null, rows: null, formula },
    message: `The run logged “${name}” as ${valueInWords(value, bound)} at step ${step}; ${boundInWords(bound)} is required.`,
    evidence: [],
  };
}

async function checkRecomputed(check: MetricCheck, metric: MetricName, context: CheckContext): Promise<Finding> {
  const bound = boundOf(check);
  if (check.dataset === undefined) return notEvaluable('The check names no `dataset` to compute from.', { bound });
  const dataset = await context.tables.load(check.dataset);
  if (!dataset.ok) return notEvaluable(dataset.problem.message, { bound });
  const { rows, evidence } = dataset.value;
  if (check.by !== undefined) return { ...checkGroups(check, metric, rows, check.by, context), bound, evidence };

  const { confidence } = check;
  const found = estimate(metric, check, rows, { confidence, ...watchOf(context) });
  const demands = { ...demandsOf(check), of: check.dataset };
  const judged = judgeEstimate(rows.title, found, { ...demands, zeroDivision: overallZeroDivision(metric) });
  const formula = found.ok ? found.value.formula : null;
  const { status, value, interval } = judged;
  const known = { status, value, bound, interval, rows: judged.rows, formula, evidence };
  if (!found.ok || value === null) return { ...known, message: judged.reason };
  const note = found.value.note === undefined ? '' : ` ${found.value.note}`;
  const sentence = `${metricLabel(metric)} is ${valueInRows(found.value, demands)}`;
  return { ...known, message: `${sentence}; ${requirementInWords(bound, confidence)}.${note}` };
}

function watchOf({ signal, reportProgress }: CheckContext): Pick<CheckContext, 'signal' | 'reportProgress'> {
  return { signal, reportProgress };
}

/** Every group must hold. */
function checkGroups(
  check: MetricCheck,
  metric: MetricName,
  rows: DatasetRows,
  by: string | readonly string[],
  context: CheckContext,
): Omit<Finding, 'bound' | 'evidence'> {
  const bound = boundOf(check);
  const groups = partition(rows, by);
  if (!groups.ok) return notEvaluable(groups.problem.message);
  const { confidence } = check;
  let formula: string | null = null;
  const parts = groups.value.map((group, index): PartFinding => {
    context.reportProgress?.({
      message: `${metricLabel(metric)} of “${group.name}”`,
      fraction: index / groups.value.length,
    });
    context.signal?.throwIfAborted();
    const found = estimate(metric, check, group.rows, { confidence, ...watchOf(context) });
    if (found.ok) formula ??= found.value.formula;
    return judgeEstimate(group.name, found, { ...demandsOf(check), zeroDivision: 'is not evaluable' });
  });
  for (const name of declaredWithoutRows(rows.dataset, by, groups.value)) {
    parts.push(judgeEstimate(name, fail('group-missing', WITHOUT_ROWS), { bound, zeroDivision: 'is not evaluable' }));
  }
  const worst = worstPart(parts, bound);
  if (worst === undefined) return notEvaluable(`There are no groups in data set “${rows.title}”.`);
  const what = `${metricLabel(metric)} by ${listInWords(groupNames(by))} on ${rows.name}`;
  return {
    ...{ status: worst.status, value: worst.value, interval: worst.interval, rows: worst.rows, formula },
    parts: listedParts(parts),
    message: `${what}: ${requirementInWords(bound, confidence)} in every group. ${partsInWords(parts, worst, 'group')}`,
  };
}

function demandsOf(check: MetricCheck): { bound: Finding['bound']; minRows?: number; confidence?: number } {
  return {
    bound: boundOf(check),
    ...(check.min_rows === undefined ? {} : { minRows: check.min_rows }),
    ...(check.confidence === undefined ? {} : { confidence: check.confidence }),
  };
}
