import type { Assessment } from './assessment.ts';
import { OUTCOME_STATUSES, type Outcome, type OutcomeStatus } from './outcome.ts';

const OK: ReadonlySet<OutcomeStatus> = new Set(['pass', 'waived', 'not_applicable']);

/**
 * Whether every required check is ok, and how many outcomes have each status (none are left out of it; statuses that
 * do not occur are). Where no check was evaluated, nothing is ok: an empty policy proves nothing. What failed speaks for
 * the model only where somebody waived what was found, as in `verify`.
 *
 * @param found what was evaluated, where approvals were laid over `outcomes`
 */
export function summarise(
  outcomes: readonly Pick<Outcome, 'id' | 'status' | 'severity'>[],
  found: readonly Pick<Outcome, 'id' | 'status'>[] = outcomes,
): Assessment['summary'] {
  const counts: Partial<Record<OutcomeStatus, number>> = {};
  for (const status of OUTCOME_STATUSES) {
    const count = outcomes.filter((outcome) => outcome.status === status).length;
    if (count > 0) counts[status] = count;
  }
  const allOk = outcomes.every(({ status, severity }) => severity === 'advisory' || OK.has(status));
  const unanswered = new Set(found.filter(({ status }) => status === 'not_evaluable').map(({ id }) => id));
  const evaluated = outcomes.some(
    ({ id, status }) => status === 'pass' || (status === 'waived' && !unanswered.has(id)),
  );
  return { ok: allOk && evaluated, counts };
}
