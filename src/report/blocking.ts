import type { Outcome } from '../checks/outcome.ts';

/** What an outcome means for whoever waits for an answer. */
export type Weight = 'ok' | 'blocks' | 'advises';

/** Written so that a status which nobody knows blocks. Approvals are laid over already: `waived` is ok. */
export function weightOf({ status, severity }: Pick<Outcome, 'status' | 'severity'>): Weight {
  if (status === 'pass' || status === 'waived' || status === 'not_applicable') return 'ok';
  return severity === 'advisory' ? 'advises' : 'blocks';
}
