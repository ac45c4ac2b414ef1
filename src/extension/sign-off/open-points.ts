import type { Outcome } from '../../checks/outcome.ts';
import type { Policy } from '../../policy/schema.ts';

/** Something that only a person can settle, and how this person may. */
export interface OpenPoint {
  readonly kind: 'accept' | 'waive' | 'attest';
  readonly check: string;
  readonly title: string;
  /** Why it is open, or the words that are attested. */
  readonly explanation: string;
  readonly evidence: 'required' | 'optional' | 'none';
}

const WAIVABLE: ReadonlySet<Outcome['status']> = new Set(['fail', 'not_evaluable']);

/**
 * What somebody in this role may settle: anyone accepts what is uncertain, the waiver role waives what fails or can't be
 * evaluated, and an attestation belongs to its own role, or to anyone where it names none.
 */
export function openPointsOf(outcomes: readonly Outcome[], policy: Policy, role: string): readonly OpenPoint[] {
  return outcomes.flatMap((outcome) => openPointOf(outcome, policy, role) ?? []);
}

function openPointOf(outcome: Outcome, policy: Policy, role: string): OpenPoint | undefined {
  const { id, title } = outcome;
  const check = policy.checks[id];
  if (check === undefined) return undefined;
  if (outcome.status === 'pending' && check.check === 'attestation') {
    if (check.role !== undefined && check.role !== role) return undefined;
    return { kind: 'attest', check: id, title, explanation: check.text, evidence: check.evidence ?? 'none' };
  }
  // Advisory checks never block, so nobody needs to answer for them.
  if (outcome.severity === 'advisory') return undefined;
  if (outcome.status === 'uncertain') {
    return { kind: 'accept', check: id, title, explanation: outcome.message, evidence: 'none' };
  }
  if (WAIVABLE.has(outcome.status) && policy.signoff.waivers?.role === role) {
    return { kind: 'waive', check: id, title, explanation: outcome.message, evidence: 'none' };
  }
  return undefined;
}
