import type { PolicyPath } from '../policy-path.ts';
import { formatBound } from '../wording.ts';
import type { Lint } from './context.ts';

export interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly max_abs?: number | undefined;
}

/** What can be said of a value before it is known. */
export interface ValueFacts {
  /** The value's name in messages. */
  readonly name: string;
  readonly range: readonly [number, number];
  /** Which end needs a bound for a bad model to be stopped; `unknown` keeps quiet. */
  readonly worse: 'lower' | 'higher' | 'both' | 'unknown';
}

const KEYS = ['min', 'max', 'max_abs'] as const;

/** A numeric check has bounds that agree with each other, and that can both hold and not hold. */
export function lintBounds(lint: Lint, path: PolicyPath, bounds: Bounds, facts: ValueFacts): void {
  if (KEYS.every((key) => bounds[key] === undefined)) {
    const message = `"${String(path[1])}" has no bound, so nothing could fail; add "min", "max" or "max_abs".`;
    lint.errorAtKey('no-bound', path, message);
    return;
  }
  const { min, max, max_abs: maxAbs } = bounds;
  if (maxAbs !== undefined && (min !== undefined || max !== undefined)) {
    const other = min === undefined ? 'max' : 'min';
    lint.errorAtKey(
      'mixed-bounds',
      [...path, 'max_abs'],
      `"max_abs" and "${other}" bound the same value; keep one way.`,
    );
    return;
  }
  if (min !== undefined && max !== undefined && min > max) {
    lint.errorAtValue(
      'min-above-max',
      [...path, 'min'],
      `"min" ${formatBound(min)} is above "max" ${formatBound(max)}; nothing lies between.`,
    );
    return;
  }
  for (const key of KEYS) {
    const bound = bounds[key];
    if (bound !== undefined) {
      lintReach(lint, [...path, key], key, bound, facts);
    }
  }
  lintDirection(lint, path, bounds, facts);
}

function lintReach(lint: Lint, path: PolicyPath, key: keyof Bounds, bound: number, facts: ValueFacts): void {
  const [low, high] = facts.range;
  const allowedLow = key === 'max' ? Number.NEGATIVE_INFINITY : key === 'min' ? bound : -bound;
  const allowedHigh = key === 'min' ? Number.POSITIVE_INFINITY : bound;
  const says = `"${key}: ${formatBound(bound)}"`;
  const reach = `${facts.name} lies ${rangeWords(low, high)}`;
  if (allowedLow > high || allowedHigh < low) {
    lint.warnAtValue('never-holds', path, `${says} can never hold: ${reach}.`);
    return;
  }
  if (allowedLow <= low && allowedHigh >= high) {
    lint.warnAtValue('always-holds', path, `${says} always holds, so it checks nothing: ${reach}.`);
  }
}

function lintDirection(lint: Lint, path: PolicyPath, bounds: Bounds, { name, worse }: ValueFacts): void {
  if (bounds.max_abs !== undefined || worse === 'unknown') {
    return;
  }
  const open = (worse !== 'higher' && bounds.min === undefined) || (worse !== 'lower' && bounds.max === undefined);
  if (!open) {
    return;
  }
  const [given, other] = bounds.min === undefined ? ['max', 'min'] : ['min', 'max'];
  const message =
    worse === 'both'
      ? `${name} is worse on both sides; "${given}" alone leaves one open. Use "max_abs", or both "min" and "max".`
      : `${name} is worse when ${worse}, so "${given}" stops no bad model; did you mean "${other}"?`;
  lint.warnAtKey('wrong-side', [...path, given ?? 'min'], message);
}

function rangeWords(low: number, high: number): string {
  if (high === Number.POSITIVE_INFINITY) {
    return `at or above ${formatBound(low)}`;
  }
  return low === Number.NEGATIVE_INFINITY
    ? `at or below ${formatBound(high)}`
    : `between ${formatBound(low)} and ${formatBound(high)}`;
}
