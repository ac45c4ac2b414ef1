import { formatNumber, formatNumberAgainst, listInWords } from '../base/text.ts';
import type { Bound, OutcomeStatus } from './outcome.ts';

const BOUND_KEYS = ['min', 'max', 'max_abs', 'tolerance'] as const;
type BoundKey = (typeof BOUND_KEYS)[number];

export type Bounded = { readonly [Key in BoundKey]?: number | undefined };

/** The bound as the policy has it; null when it has none. */
export function boundOf(check: Bounded): Bound {
  const bound: Record<string, number> = {};
  for (const key of BOUND_KEYS) {
    const limit = check[key];
    if (limit !== undefined) bound[key] = limit;
  }
  return Object.keys(bound).length > 0 ? bound : null;
}

/**
 * Whether the value holds: all bounds are inclusive. Without a bound, or with anything that is not a finite number,
 * there is no answer, and never a pass.
 */
export function judge(value: number, bound: Bound): Extract<OutcomeStatus, 'pass' | 'fail' | 'not_evaluable'> {
  const limits = Object.entries(bound ?? {});
  if (limits.length === 0 || !Number.isFinite(value)) return 'not_evaluable';
  if (!limits.every(([key, limit]) => isBoundKey(key) && Number.isFinite(limit))) return 'not_evaluable';
  return limits.every(([key, limit]) => holds(value, key, limit)) ? 'pass' : 'fail';
}

/** A value within its bound; with an interval, the whole interval too. */
export type Decision = Extract<OutcomeStatus, 'pass' | 'fail' | 'uncertain' | 'not_evaluable'>;

/**
 * The three-way decision: `fail` when the value is outside, `uncertain` when it is within but its interval is not
 * wholly, or has zero width, `not_evaluable` when anything is not a finite number. An interval can only tighten.
 *
 * @param interval null when the check asks for no confidence
 */
export function decide(value: number, interval: readonly [number, number] | null, bound: Bound): Decision {
  const plain = judge(value, bound);
  if (plain !== 'pass' || interval === null) return plain;
  const [low, high] = interval;
  if (!Number.isFinite(low) || !Number.isFinite(high) || !(low <= high)) return 'not_evaluable';
  if (!(low < high)) return 'uncertain';
  return judge(low, bound) === 'pass' && judge(high, bound) === 'pass' ? 'pass' : 'uncertain';
}

/** `at least 0.8`, `at least 0.1 and at most 0.3`. */
export function boundInWords(bound: Bound): string {
  return listInWords(
    Object.entries(bound ?? {}).map(([key, limit]) => {
      if (key === 'min') return `at least ${formatNumber(limit)}`;
      if (key === 'max_abs') return `between ${formatNumber(-limit)} and ${formatNumber(limit)}`;
      return `at most ${formatNumber(limit)}`;
    }),
  );
}

/** The value with enough digits that it does not look like a bound that it differs from. */
export function valueInWords(value: number, bound: Bound): string {
  const limits = Object.values(bound ?? {});
  const near = limits.find((limit) => formatNumber(limit) === formatNumber(value));
  return near === undefined ? formatNumber(value) : formatNumberAgainst(value, near);
}

function holds(value: number, key: string, limit: number): boolean {
  switch (key) {
    case 'min':
      return value >= limit;
    case 'max':
    case 'tolerance':
      return value <= limit;
    case 'max_abs':
      return Math.abs(value) <= limit;
    default:
      return false;
  }
}

function isBoundKey(key: string): key is BoundKey {
  return (BOUND_KEYS as readonly string[]).includes(key);
}
