import type { AttestationCheck } from '../policy/schema.ts';
import type { CheckContext, Finding } from './check-context.ts';

/** Only a person can answer, in an approval; an assessment never holds more than the question. */
export async function checkAttestation(check: AttestationCheck, _context: CheckContext): Promise<Finding> {
  const who = check.role === undefined ? 'An approver' : `Somebody in the role “${check.role}”`;
  const withFile = check.evidence === 'required' ? ', and name the file that shows it' : '';
  return {
    status: 'pending',
    value: null,
    bound: null,
    interval: null,
    rows: null,
    formula: null,
    message: `${who} has to confirm this when signing${withFile}: ${check.text}`,
    evidence: [],
  };
}
