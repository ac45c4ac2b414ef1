import type { Assessment } from './assessment.ts';
import { OUTCOME_STATUSES, type Outcome, type OutcomeStatus } from './outcome.ts';

const OK: ReadonlySet<OutcomeStatus> = new Set(['pass', 'waived', 'not_applicable']);

/**
 * Whether every required check is ok, and how many outcomes have each status (none are left out of it; statuses that
 * do not occur are). Where no check was evaluated and passed, nothing is ok: an empty policy proves nothing.
 */
export function summarise(outcomes: readonly Pick<Outcome, 'status' | 'severity'>[]): Assessment['summary'] {
  const counts: Partial<Record<OutcomeStatus, number>> = {};
  for (const status of OUTCOME_STATUSES) {
    const count = outcomes.filter((outcome) => outcome.status === status).length;
    if (count > 0) counts[status] = count;
  }
  const allOk = outcomes.every(({ status, severity }) => severity === 'advisory' || OK.has(status));
  return { ok: allOk && (counts.pass ?? 0) > 0, counts };
}
