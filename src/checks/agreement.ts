import { countOf, formatNumber } from '../base/text.ts';
import type { AgreementCheck } from '../policy/schema.ts';
import { boundOf, judge } from './bounds.ts';
import { type CheckContext, type Finding, notEvaluable } from './check-context.ts';
import { estimate } from './estimate.ts';
import { tooFewSentence } from './judge-estimate.ts';
import { loggedValue } from './logged-metric.ts';
import { metricLabel } from './words.ts';

/**
 * A logged metric equals the same metric recomputed from the rows: `value` is |a−b| / max(1, |a|, |b|). A metric that
 * comes to 0/0 agrees with nothing.
 */
export async function checkAgreement(check: AgreementCheck, context: CheckContext): Promise<Finding> {
  const bound = boundOf(check);
  const logged = loggedValue(context.run, check.logged, check.step);
  if (!logged.ok) return notEvaluable(logged.problem.message, { bound });
  const dataset = await context.tables.load(check.dataset);
  if (!dataset.ok) return notEvaluable(dataset.problem.message, { bound });
  const { evidence } = dataset.value;
  const estimated = estimate(check.metric, check, dataset.value.rows);
  if (!estimated.ok) return notEvaluable(estimated.problem.message, { bound, evidence });
  const computed = estimated.value;
  const { rows, formula } = computed;
  const few = tooFewSentence(computed, check.min_rows, check.dataset);
  if (few !== undefined) return notEvaluable(few, { bound, evidence, rows, formula });
  const name = metricLabel(check.metric);
  if (computed.zeroDivision) {
    const message = `${name} is 0/0 on data set “${check.dataset}” (there are no ${computed.dividedByWhat}), so that nothing can agree with it.`;
    return notEvaluable(message, { bound, evidence, rows, formula });
  }
  const a = logged.value.value;
  const b = computed.value;
  const value = Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));
  const status = judge(value, bound);
  const [first, second] = status === 'pass' ? [formatNumber(a), formatNumber(b)] : distinctly(a, b);
  const verdict = status === 'pass' ? 'which agrees with' : 'which does not agree with';
  return {
    status,
    value,
    bound,
    interval: null,
    rows,
    formula: `agreement/${formula}`,
    message: `The run logged “${check.logged}” as ${first}, ${verdict} ${name} recomputed on ${countOf(rows, 'row')} of ${check.dataset}, ${second}; at most ${formatNumber(check.tolerance)} apart is required.`,
    evidence,
  };
}

/** Two numbers with as few digits as show them to differ. */
function distinctly(a: number, b: number): [string, string] {
  if (a === b || formatNumber(a) !== formatNumber(b)) return [formatNumber(a), formatNumber(b)];
  for (let digits = 5; digits < 17; digits += 1) {
    const texts: [string, string] = [String(Number(a.toPrecision(digits))), String(Number(b.toPrecision(digits)))];
    if (texts[0] !== texts[1]) return texts;
  }
  return [String(a), String(b)];
}
