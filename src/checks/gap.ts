import { fail, type Result, succeed } from '../base/result.ts';
import { formatNumber } from '../base/text.ts';
import { metricFacts } from '../policy/metric-names.ts';
import type { GapCheck } from '../policy/schema.ts';
import { boundOf, decide, valueInWords } from './bounds.ts';
import { type CheckContext, type Finding, notEvaluable } from './check-context.ts';
import type { LoadedDataset } from './dataset-tables.ts';
import { formulaOf, measure } from './estimate.ts';
import { differenceInterval, type MeasuredRows } from './estimates/difference.ts';
import { intervalInWords, isFinitePair, requirementInWords, tooFewSentence } from './judge-estimate.ts';
import { sameBytesRemark, sharedFileSentence } from './shared-files.ts';
import { metricLabel } from './words.ts';

/**
 * How much worse a metric is on the second data set than on the first, in its own direction: `value` is the drop,
 * negative where the second is better. The data sets are taken for independent.
 */
export async function checkGap(check: GapCheck, context: CheckContext): Promise<Finding> {
  const bound = boundOf(check);
  if (bound === null) return notEvaluable('The check has no bound: it needs `min`, `max` or `max_abs`.');
  const loaded: LoadedDataset[] = [];
  for (const name of check.datasets) {
    const dataset = await context.tables.load(name);
    if (!dataset.ok) return notEvaluable(dataset.problem.message, { bound });
    loaded.push(dataset.value);
  }
  const [first, second] = loaded as [LoadedDataset, LoadedDataset];
  if (first.name === second.name) {
    return notEvaluable(`A gap compares two data sets; “${first.name}” stands there twice.`, { bound });
  }
  const evidence = [
    ...first.evidence,
    ...second.evidence.filter(({ path }) => !first.evidence.some((file) => file.path === path)),
  ];
  const shared = sharedFileSentence(first, second);
  if (shared !== undefined) return notEvaluable(shared, { bound, evidence });
  const from = measured(check, first);
  if (!from.ok) return notEvaluable(from.problem.message, { bound, evidence });
  const to = measured(check, second);
  if (!to.ok) return notEvaluable(to.problem.message, { bound, evidence });

  const { greaterIsBetter } = metricFacts(check.metric);
  const [better, worse] = greaterIsBetter ? [from.value, to.value] : [to.value, from.value];
  const value = better.measure.value - worse.measure.value;
  const rows = second.rows.rows;
  let formula = `gap/${formulaOf(from.value.measure, first.rows)}`;
  let interval: readonly [number, number] | null = null;
  if (check.confidence !== undefined) {
    const found = differenceInterval(better, worse, check.confidence, context.signal);
    if (!found.ok) return notEvaluable(found.problem.message, { bound, evidence, rows, formula });
    interval = found.value ? [found.value.low, found.value.high] : [Number.NaN, Number.NaN];
    if (found.value) formula = `${formula}, ${found.value.method}`;
  }
  const fromTo = `${formatNumber(from.value.measure.value)} on ${first.name} and ${formatNumber(to.value.measure.value)} on ${second.name}`;
  const drop = `a drop of ${valueInWords(value, bound)}${intervalInWords(interval, bound, check.confidence)}`;
  return {
    status: decide(value, interval, bound),
    ...{ value, bound, interval: isFinitePair(interval) ? interval : null, rows, formula, evidence },
    message: `${metricLabel(check.metric)} is ${fromTo}, ${drop}; ${requirementInWords(bound, check.confidence)}.${sameBytesRemark(first, second)}`,
  };
}

function measured(check: GapCheck, { name, rows }: LoadedDataset): Result<MeasuredRows> {
  const found = measure(check.metric, check, rows);
  if (!found.ok) return found;
  const few = tooFewSentence(found.value, check.min_rows, name);
  if (few !== undefined) return fail('rows-too-few', few);
  if (found.value.zeroDivision) {
    const label = metricLabel(check.metric);
    return fail(
      'metric-undefined',
      `${label} is 0/0 on data set “${name}” (there are no ${found.value.dividedByWhat}), so no gap can be told.`,
    );
  }
  return succeed({ measure: found.value, rows });
}
