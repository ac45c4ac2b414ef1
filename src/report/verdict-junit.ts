import type { Verdict } from '../approval/verdict.ts';
import { type JunitCase, renderJunit } from './junit.ts';

/**
 * The verdict as a test suite: the answer, each reason against it, each role's seats and each approval that counts. There
 * is always a test that fails when the model is not approved.
 */
export function renderVerdictJunit(verdict: Verdict, environment: string): string {
  const { approved, reasons, approvals, ignored, quorum } = verdict;
  const sentences = reasons.map(({ message }) => message).join(' ');
  const cases: JunitCase[] = [
    {
      className: 'verdict',
      name: `approved for ${environment}`,
      result: approved
        ? { kind: 'passed' }
        : { kind: 'failure', type: 'not-approved', message: sentences || 'Not approved.' },
    },
    ...reasons.map(
      ({ code, message }): JunitCase => ({
        className: 'reason',
        name: code,
        result: { kind: 'failure', type: code, message },
      }),
    ),
    ...Object.entries(quorum).map(([role, { need, have }]): JunitCase => {
      const message = `${have} of ${need} approvals`;
      return {
        className: 'quorum',
        name: role,
        result: have >= need ? { kind: 'passed' } : { kind: 'failure', type: 'quorum-incomplete', message },
      };
    }),
    ...approvals.map(
      ({ person, role, id }): JunitCase => ({
        className: 'approval',
        name: `${person} as ${role} (${id})`,
        result: { kind: 'passed' },
      }),
    ),
    ...ignored.map(
      ({ file, code, message }): JunitCase => ({
        className: 'ignored',
        name: file,
        result: { kind: 'skipped', type: code, message },
      }),
    ),
  ];
  return renderJunit({ name: 'signoff verify', properties: [['environment', environment]], cases });
}
