import { countOf, formatNumber, listInWords } from '../base/text.ts';
import { compensatedSum } from '../metrics/sums.ts';
import type { StabilityCheck } from '../policy/schema.ts';
import { boundInWords, boundOf, judge, valueInWords } from './bounds.ts';
import { type CheckContext, type Finding, notEvaluable } from './check-context.ts';
import { loggedValue } from './logged-metric.ts';

const NAMES: Readonly<Record<StabilityCheck['statistic'], string>> = {
  sd: 'standard deviation',
  range: 'range',
  min: 'smallest value',
  max: 'largest value',
};

const FORMULAS: Readonly<Record<StabilityCheck['statistic'], string>> = {
  sd: 'stability/sd/n-1',
  range: 'stability/range',
  min: 'stability/min',
  max: 'stability/max',
};

/** How a logged metric varies over its steps, such as folds. The latest value of each step counts. */
export async function checkStability(check: StabilityCheck, { run }: CheckContext): Promise<Finding> {
  const bound = boundOf(check);
  if (bound === null) return notEvaluable('The check has no bound: it needs `min`, `max` or `max_abs`.');
  const latest = loggedValue(run, check.logged, undefined);
  // A latest value that is not finite is one of several: the sentence about all steps names it.
  if (!latest.ok && latest.problem.code !== 'metric-not-finite') return notEvaluable(latest.problem.message, { bound });
  const bySteps = new Map<number, number>();
  const point = run.metrics.get(check.logged);
  // History is in the order of step, timestamp and value: a step's last point is its latest.
  for (const { step, value } of run.history.get(check.logged) ?? (point ? [point] : [])) bySteps.set(step, value);
  const broken = [...bySteps].filter(([, value]) => !Number.isFinite(value)).map(([step]) => String(step));
  if (broken.length > 0) {
    const steps = listInWords(broken.length > 8 ? [...broken.slice(0, 8), `${broken.length - 8} more`] : broken);
    return notEvaluable(
      `“${check.logged}” is not a finite number at step${broken.length > 1 ? 's' : ''} ${steps}, so how it varies can't be told.`,
      { bound },
    );
  }
  if (bySteps.size < 2) {
    return notEvaluable(
      `The run logged “${check.logged}” at ${countOf(bySteps.size, 'step')} only; two are needed to see it vary.`,
      {
        bound,
      },
    );
  }
  const values = [...bySteps.values()];
  const value = statisticOf(values, check.statistic);
  const required = boundInWords(bound);
  const [low, high] = [smallest(values), largest(values)].map(formatNumber);
  return {
    status: judge(value, bound),
    ...{ value, bound, interval: null, rows: null, formula: FORMULAS[check.statistic], evidence: [] },
    message: `The ${NAMES[check.statistic]} of “${check.logged}” over ${countOf(values.length, 'step')} is ${valueInWords(value, bound)} (they go from ${low} to ${high}); ${required} is required.`,
  };
}

function statisticOf(values: readonly number[], statistic: StabilityCheck['statistic']): number {
  switch (statistic) {
    case 'sd':
      return standardDeviation(values);
    case 'range':
      return largest(values) - smallest(values);
    case 'min':
      return smallest(values);
    case 'max':
      return largest(values);
  }
}

/** Of a sample: divided by n − 1. */
function standardDeviation(values: readonly number[]): number {
  const mean = compensatedSum(values) / values.length;
  const squares = values.map((value) => (value - mean) ** 2);
  return Math.sqrt(compensatedSum(squares) / (values.length - 1));
}

/** Without spreading, which a long history would overflow. */
function smallest(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}
