import type { Policy } from '../../policy/schema.ts';
import type { Bound, Outcome, OutcomeStatus } from '../outcome.ts';
import type { CheckDifferences, MetricDifference } from './metric-differences.ts';

/**
 * `unclear`: sampling alone could have made the difference. `unknown`: nothing says which direction is better, or one
 * side has no value.
 */
export type Change = 'worse' | 'unclear' | 'unknown' | 'better' | 'same';

const WORST_FIRST: readonly Change[] = ['worse', 'unknown', 'unclear', 'better', 'same'];

/** One check of both runs. */
export interface OutcomeComparison {
  readonly id: string;
  readonly title: string;
  readonly severity: Outcome['severity'];
  readonly first: Side;
  readonly second: Side;
  readonly change: Change;
  /** Whether only one of the two lets the model through. */
  readonly passing: 'both alike' | 'only the first' | 'only the second';
  /** Metric by metric and group by group, the worst first; empty for what is only evaluated twice. */
  readonly differences: readonly (MetricDifference & { readonly change: Change })[];
  readonly confidence: number | undefined;
  readonly problems: readonly string[];
}

export interface Side {
  readonly status: OutcomeStatus;
  readonly value: number | null;
}

/** The checks of both runs beside each other, regressions first; equals keep the policy's order. */
export function compareOutcomes(
  policy: Policy,
  first: readonly Outcome[],
  second: readonly Outcome[],
  differences: ReadonlyMap<string, CheckDifferences>,
): readonly OutcomeComparison[] {
  const others = new Map(second.map((outcome) => [outcome.id, outcome]));
  return first
    .flatMap((outcome) => {
      const other = others.get(outcome.id);
      // What people say of a model is no property of its run.
      if (other === undefined || outcome.check === 'attestation') return [];
      return [compareOne(policy, outcome, other, differences.get(outcome.id))];
    })
    .toSorted((a, b) => rankOf(a) - rankOf(b));
}

function compareOne(
  policy: Policy,
  first: Outcome,
  second: Outcome,
  found: CheckDifferences | undefined,
): OutcomeComparison {
  const { id, title, severity } = first;
  const differences = (found?.differences ?? [])
    .map((each) => ({ ...each, change: changeOf(each) }))
    .toSorted((a, b) => WORST_FIRST.indexOf(a.change) - WORST_FIRST.indexOf(b.change));
  // A check against a model in force says of the second run how it did against the one before.
  const check = policy.checks[id];
  const isAgainst = check !== undefined && 'against' in check && check.against !== undefined;
  const passing = isAgainst ? 'both alike' : passingOf(first.status, second.status);
  const [only] = differences;
  const whole = differences.length === 1 ? only : undefined;
  return {
    ...{ id, title, severity, differences, passing },
    first: { status: first.status, value: whole?.first ?? (isAgainst ? null : first.value) },
    second: { status: second.status, value: whole?.second ?? (isAgainst ? null : second.value) },
    change: changeOfCheck(first, second, differences, passing),
    confidence: found?.confidence,
    problems: found?.problems ?? [],
  };
}

function changeOfCheck(
  first: Outcome,
  second: Outcome,
  differences: OutcomeComparison['differences'],
  passing: OutcomeComparison['passing'],
): Change {
  if (passing === 'only the second') return 'worse';
  const [worst] = differences;
  if (worst !== undefined) return worst.change;
  if (passing === 'only the first') return 'better';
  if (first.value === null || second.value === null) {
    return first.value === null && second.value === null && first.status === second.status ? 'same' : 'unknown';
  }
  if (first.value === second.value) return 'same';
  const drop = dropByBound(first.bound, first.value, second.value);
  if (drop === undefined) return 'unknown';
  // Nobody estimated the difference; but where the intervals of both overlap, none is shown.
  return overlap(first.interval, second.interval) ? 'unclear' : changeOf({ drop, interval: null });
}

function overlap(one: Outcome['interval'], other: Outcome['interval']): boolean {
  return one !== null && other !== null && one[0] <= other[1] && other[0] <= one[1];
}

/** How a difference is to be taken. An interval that holds 0 could be sampling alone. */
export function changeOf({ drop, interval }: Pick<MetricDifference, 'drop' | 'interval'>): Change {
  if (!Number.isFinite(drop)) return 'unknown';
  if (drop === 0) return 'same';
  if (interval !== null && interval[0] <= 0 && interval[1] >= 0) return 'unclear';
  return drop > 0 ? 'worse' : 'better';
}

/** What a check bounds from below is better when greater. How much worse the first is; undefined where that can't be told. */
function dropByBound(bound: Bound, first: number, second: number): number | undefined {
  const directions = new Set(
    Object.keys(bound ?? {}).map((key) => {
      if (key.startsWith('min')) return 'greater';
      return key === 'max_abs' ? 'nearer to 0' : 'less';
    }),
  );
  const [direction] = directions;
  if (directions.size !== 1 || direction === undefined) return undefined;
  if (direction === 'greater') return second - first;
  return direction === 'less' ? first - second : Math.abs(first) - Math.abs(second);
}

function passingOf(first: OutcomeStatus, second: OutcomeStatus): OutcomeComparison['passing'] {
  if (isOk(first) === isOk(second)) return 'both alike';
  return isOk(first) ? 'only the first' : 'only the second';
}

function isOk(status: OutcomeStatus): boolean {
  return status === 'pass' || status === 'waived' || status === 'not_applicable';
}

function rankOf({ change, passing, severity }: OutcomeComparison): number {
  const lost = passing === 'only the second' ? 0 : 10;
  return lost + WORST_FIRST.indexOf(change) + (severity === 'required' ? 0 : 0.5);
}
