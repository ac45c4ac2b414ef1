import { escapeForTerminal } from '../base/text.ts';
import type { ApprovalStatement, Decision } from './statement.ts';

const VERBS: Readonly<Record<Decision, string>> = {
  approve: 'Approve',
  reject: 'Reject',
  revoke: 'Revoke approvals of',
  rollback: 'Roll back',
};

/**
 * What git's history says about a statement. It proves nothing, but people read it: a name that comes from elsewhere is
 * kept on its own line, so that a run can't be called "x⏎Approver: boss@acme.example".
 */
export function commitMessageFor({ predicate }: ApprovalStatement, id: string): string {
  const { decision, model, environment, role, run, approver } = predicate;
  return [
    `${VERBS[decision]} ${model} for ${environment} as ${role}`,
    '',
    `Run: ${escapeForTerminal(run)}`,
    `Approver: ${escapeForTerminal(approver)}`,
    `Statement: ${id}`,
    '',
  ].join('\n');
}
