import type { Outcome } from '../outcome.ts';
import type { ProposedCheck } from './write-policy.ts';

/** How far beyond today's value a bound lies where no interval tells what chance allows. */
const SLACK = 0.02;
const DIGITS = 3;

/**
 * The check with its bound at today's worse end: of the interval of the metric, or of its worst-off group. The next run
 * that is as good is not refused for noise then. Undefined for a check that means nothing here.
 */
export function boundedByToday(check: ProposedCheck, outcome: Outcome | undefined): ProposedCheck | undefined {
  const kind = check.fields['check'];
  if (kind === 'attestation' || kind === 'document') return check;
  if (outcome?.status !== 'pass' || outcome.value === null) return undefined;
  if (kind !== 'metric' && kind !== 'fairness') return check;
  const { confidence: _, ...fields } = check.fields;
  const isFloor = 'min' in fields;
  const parts = outcome.parts ?? [outcome];
  const worst = parts.toSorted((a, b) => (isFloor ? 1 : -1) * (end(a, isFloor) - end(b, isFloor)))[0] ?? outcome;
  const bound = isFloor ? { min: roundedDown(end(worst, true)) } : { max: -roundedDown(-end(worst, false)) };
  return { ...check, fields: { ...fields, ...bound }, comment: todayOf(worst) };
}

type Measured = Pick<Outcome, 'value' | 'interval'> & { readonly name?: string };

/** The interval's lower or upper end, or as much as one might have lost by chance. */
function end({ value, interval }: Measured, lower: boolean): number {
  if (interval !== null) return lower ? interval[0] : interval[1];
  const today = value ?? 0;
  return lower ? today - Math.abs(today) * SLACK : today + Math.abs(today) * SLACK;
}

function todayOf({ value, interval, name }: Measured): string {
  const where = name === undefined ? '' : ` (${name})`;
  const range = interval === null ? '' : `, 95 % interval ${shown(interval[0])} to ${shown(interval[1])}`;
  return `Today: ${shown(value ?? 0)}${where}${range}.`;
}

function shown(value: number): string {
  return String(Number(value.toPrecision(DIGITS + 1)));
}

/** Three digits, never above the value. */
function roundedDown(value: number): number {
  const rounded = Number(value.toPrecision(DIGITS));
  if (rounded <= value || value === 0) return rounded;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - DIGITS + 1);
  return Number((rounded - step).toPrecision(DIGITS));
}
