import type { ColumnDrift } from '../../metrics/drift/column-drift.ts';
import { LARGEST_DRIFT } from '../../metrics/drift/largest.ts';
import type { DriftCheck } from '../../policy/schema.ts';
import { type Decision, decide } from '../bounds.ts';

/** What a drift was found to be; `why` says what is not evaluable about it. */
export interface DriftDecision {
  readonly status: Decision;
  readonly interval: readonly [number, number] | null;
  readonly why?: 'noise' | 'few-rows' | 'no-interval';
}

/**
 * Judges a drift. A bound below what sampling alone gives can't tell drift from chance: within it nothing can pass, and
 * beyond it only what is beyond chance, too, fails. A bound that holds for any data needs no such care.
 */
export function decideDrift(
  check: Pick<DriftCheck, 'method' | 'max' | 'min_rows'>,
  { value, rows, noise, interval }: Pick<ColumnDrift, 'value' | 'rows' | 'noise' | 'interval'>,
): DriftDecision {
  const largest = LARGEST_DRIFT[check.method];
  const isKnown = interval !== null && Number.isFinite(interval.low) && Number.isFinite(interval.high);
  const ends = isKnown ? ([interval.low, Math.min(interval.high, largest)] as const) : null;
  if (check.min_rows !== undefined && rows < check.min_rows)
    return { status: 'not_evaluable', interval: ends, why: 'few-rows' };
  const bound = { max: check.max };
  const holdsForAnyData = check.max >= largest;
  if (!holdsForAnyData && !(check.max >= noise.upper)) {
    return value > check.max && value > noise.upper
      ? { status: 'fail', interval: ends }
      : { status: 'not_evaluable', interval: ends, why: 'noise' };
  }
  const status = decide(value, ends, bound);
  const lacksInterval = interval !== null && !isKnown;
  return status === 'pass' && lacksInterval
    ? { status: 'not_evaluable', interval: null, why: 'no-interval' }
    : { status, interval: ends };
}
