import type { Result } from '../base/result.ts';
import { countOf, formatNumber } from '../base/text.ts';
import { type MetricName, metricFacts } from '../policy/metric-names.ts';
import { boundInWords, decide, valueInWords } from './bounds.ts';
import type { Estimate } from './estimate.ts';
import type { Bound } from './outcome.ts';
import type { PartFinding } from './parts.ts';

/** What an estimate is held to. */
export interface Demands {
  readonly bound: Bound;
  readonly minRows?: number | undefined;
  readonly confidence?: number | undefined;
  /** An overall metric takes scikit-learn's 0 for 0/0 where that is the worst; else, and in a group, it has no value then. */
  readonly zeroDivision: 'is 0' | 'is not evaluable';
  /** The data set, where the sentence has to name it. */
  readonly of?: string;
}

/**
 * What 0/0 comes to over all rows. No error among no rows would be the best there is, and balanced accuracy leaves the
 * class that has none out: a model that was tested on one class alone would look perfect.
 */
export function overallZeroDivision(metric: MetricName): Demands['zeroDivision'] {
  return metricFacts(metric).greaterIsBetter && metric !== 'balanced_accuracy' ? 'is 0' : 'is not evaluable';
}

/** Holds an estimate to its demands. `reason` is a sentence about the value, without the bound. */
export function judgeEstimate(name: string, found: Result<Estimate>, demands: Demands): PartFinding {
  const { bound, minRows } = demands;
  const open = { name, status: 'not_evaluable', value: null, interval: null, rows: null } as const;
  if (!found.ok) return { ...open, reason: found.problem.message };
  const estimated = found.value;
  const { rows, dividedByWhat } = estimated;
  const few = tooFewSentence(estimated, minRows, demands.of);
  if (few !== undefined) return { ...open, rows, reason: few };
  if (estimated.zeroDivision && demands.zeroDivision === 'is not evaluable') {
    return { ...open, rows, reason: `It is 0/0: there are no ${dividedByWhat}.` };
  }
  const { value } = estimated;
  const status = decide(value, estimated.interval, bound);
  const interval = isFinitePair(estimated.interval) ? estimated.interval : null;
  return { name, status, value, interval, rows, reason: `${valueInRows(estimated, demands)}.` };
}

/** `There are only 12 positive rows; the check needs 200.` */
export function tooFewSentence(
  { dividedBy, dividedByWhat }: Pick<Estimate, 'dividedBy' | 'dividedByWhat'>,
  minRows: number | undefined,
  dataset?: string,
): string | undefined {
  if (minRows === undefined || dividedBy >= minRows) return undefined;
  const found = dividedBy === 0 ? 'There are no' : `There are only ${formatNumber(dividedBy)}`;
  const what = dividedBy === 1 ? singular(dividedByWhat) : dividedByWhat;
  const where = dataset === undefined ? '' : ` in data set “${dataset}”`;
  return `${dividedBy === 1 ? 'There is only 1' : found} ${what}${where}; the check needs ${formatNumber(minRows)}.`;
}

/** `rows predicted positive` of one row. */
function singular(rows: string): string {
  return rows
    .replace('rows', 'row')
    .replace('queries', 'query')
    .replace('that are, or are predicted,', 'that is, or is predicted,');
}

/** `0.81 on 1,000 rows of holdout, with a 95 % interval from 0.79 to 0.83`. */
export function valueInRows(estimated: Estimate, { bound, confidence, of }: Omit<Demands, 'zeroDivision'>): string {
  const { value, rows, zeroDivision, dividedByWhat } = estimated;
  // Of these measures of rankings scikit-learn has but one.
  const says = dividedByWhat.startsWith('queries') ? 'that counts as 0' : 'scikit-learn says 0';
  const zero = zeroDivision ? ` (0/0: there are no ${dividedByWhat}, and ${says})` : '';
  const where = of === undefined ? '' : ` of ${of}`;
  const interval = intervalInWords(estimated.interval, bound, confidence);
  return `${valueInWords(value, bound)}${zero} on ${countOf(rows, 'row')}${where}${interval}`;
}

/** `, with a 95 % interval from 0.79 to 0.83`; empty without an interval. */
export function intervalInWords(
  interval: readonly [number, number] | null,
  bound: Bound,
  confidence: number | undefined,
  unit = '',
): string {
  if (interval === null || confidence === undefined) return '';
  const percent = `${formatNumber(Number((confidence * 100).toPrecision(6)))} %`;
  if (!isFinitePair(interval)) return `; the rows are too few or too alike to give a ${percent} interval`;
  const [low, high] = interval;
  if (low === high) return `; its ${percent} interval has no width, so these rows can't tell how sure it is`;
  return `, with a ${percent} interval from ${valueInWords(low, bound)} to ${valueInWords(high, bound)}${unit}`;
}

/** The bound, as a requirement: `at least 0.8 is required`, or of the whole interval. */
export function requirementInWords(bound: Bound, confidence: number | undefined): string {
  const whole = confidence === undefined ? '' : ' of the whole interval';
  return `${boundInWords(bound)} is required${whole}`;
}

export function isFinitePair(interval: readonly [number, number] | null): interval is readonly [number, number] {
  return interval !== null && Number.isFinite(interval[0]) && Number.isFinite(interval[1]);
}
