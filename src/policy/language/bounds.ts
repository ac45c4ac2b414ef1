import type { PlainObject } from '../yaml/to-plain.ts';
import type { OutcomeStatus, PartFacts } from './facts.ts';

/** Keys of a check that bound a number, and which side they bound. */
const SIDES: Readonly<Record<string, 'lower' | 'upper' | 'both'>> = {
  min: 'lower',
  max: 'upper',
  max_abs: 'both',
  max_drop: 'upper',
  max_drop_relative: 'upper',
  tolerance: 'upper',
  additivity: 'upper',
  max_top_share: 'upper',
  min_rank_correlation: 'lower',
  min_fidelity: 'lower',
  max_share: 'upper',
  threshold: 'both',
  min_absolute_change: 'lower',
  min_relative_change: 'lower',
};

export const BOUND_KEYS: readonly string[] = Object.keys(SIDES);

/** The part of an explanation's outcome that answers a bound. */
const EXPLANATION_PARTS: Readonly<Record<string, string>> = {
  additivity: 'additivity',
  max_top_share: 'top_share',
  min_rank_correlation: 'rank',
  min_fidelity: 'fidelity',
};

export function explanationPart(key: string): string | undefined {
  return EXPLANATION_PARTS[key];
}

const NO_BOUNDS: ReadonlyMap<string, number> = new Map();
const boundsOfChecks = new WeakMap<PlainObject, ReadonlyMap<string, number>>();

/** The bounds of a check that are written and are numbers, in the order of the text. What was read never changes. */
export function boundsOf(check: PlainObject | undefined): ReadonlyMap<string, number> {
  if (check === undefined) return NO_BOUNDS;
  const known = boundsOfChecks.get(check);
  if (known !== undefined) return known;
  const bounds = new Map<string, number>();
  for (const key in check) {
    const value = check[key];
    if (typeof value === 'number' && Object.hasOwn(SIDES, key)) bounds.set(key, value);
  }
  boundsOfChecks.set(check, bounds);
  return bounds;
}

export function sideOf(key: string): 'lower' | 'upper' | 'both' {
  return SIDES[key] ?? 'both';
}

/** The least and the greatest value that a bound allows, both ends included. */
export function allowedBy(key: string, bound: number): readonly [number, number] {
  const side = sideOf(key);
  if (side === 'lower') return [bound, Number.POSITIVE_INFINITY];
  return side === 'upper' ? [Number.NEGATIVE_INFINITY, bound] : [-bound, bound];
}

/** How a value stands to some bounds, all of which must hold; only finite numbers are ever within. */
export function judge(
  value: number,
  interval: readonly [number, number] | null,
  bounds: Iterable<readonly [string, number]>,
): 'pass' | 'fail' | 'uncertain' {
  const limits = [...bounds].map(([key, bound]) => allowedBy(key, bound));
  if (!limits.every((limit) => within(value, limit))) return 'fail';
  if (interval === null) return 'pass';
  const [low, high] = interval;
  const wholly = low < high && limits.every((limit) => within(low, limit) && within(high, limit));
  return wholly ? 'pass' : 'uncertain';
}

function within(value: number, [low, high]: readonly [number, number]): boolean {
  return Number.isFinite(value) && value >= low && value <= high;
}

/** How far a value is from the nearest of its bounds; negative outside of them. */
function marginOf(value: number, bounds: Iterable<readonly [string, number]>): number {
  const margins = [...bounds].map(([key, bound]) => {
    const [low, high] = allowedBy(key, bound);
    return Math.min(value - low, high - value);
  });
  return Math.min(...margins);
}

const JUDGED: ReadonlySet<OutcomeStatus> = new Set(['pass', 'fail', 'uncertain']);
const WORST_FIRST: readonly OutcomeStatus[] = ['fail', 'not_evaluable', 'uncertain', 'pass'];

/**
 * Parts judged by other bounds than those that they were assessed with, and the one that decides: the one with the
 * least margin among those of the worst status. What could not be evaluated stays so.
 */
export function judgeParts<Part extends Omit<PartFacts, 'name'>>(
  parts: readonly Part[],
  bounds: ReadonlyMap<string, number>,
): { readonly parts: readonly Part[]; readonly deciding: Part | undefined } {
  const judged = parts.map(
    (part): Part =>
      part.value === null || !JUDGED.has(part.status)
        ? part
        : { ...part, status: judge(part.value, part.interval, bounds) },
  );
  const worst = WORST_FIRST.find((status) => judged.some((part) => part.status === status));
  const [deciding] = judged
    .filter(({ status }) => status === worst)
    .toSorted((one, other) => marginIn(one, bounds) - marginIn(other, bounds));
  return { parts: judged, deciding: deciding ?? judged[0] };
}

function marginIn({ value }: Pick<PartFacts, 'value'>, bounds: ReadonlyMap<string, number>): number {
  return value === null ? Number.POSITIVE_INFINITY : marginOf(value, bounds);
}
