import type { Command } from '../command.ts';
import { DECISION_OPTIONS, signDecision } from '../sign-decision.ts';

/** Signs a rejection: it blocks the model until somebody of the same role approves it and supersedes the rejection. */
export const rejectCommand: Command = {
  name: 'reject',
  summary: 'Signs a rejection and commits it. Exit code 1 means that you may not sign this.',
  operands: '',
  options: DECISION_OPTIONS,
  run: (input, context) => signDecision(input, { decision: 'reject' }, context),
};
