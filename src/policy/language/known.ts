import type { PlainObject } from '../yaml/to-plain.ts';
import { NO_FACTS, type OutcomeFacts, type PolicyFacts } from './facts.ts';
import { type PolicyDocument, readPolicyDocument } from './policy-document.ts';

/** The facts, made ready once for the many questions that are asked with them. */
export interface Known {
  readonly facts: PolicyFacts;
  /** The policy that was assessed, as plain data, and its outcomes by check. */
  readonly assessed: { readonly plain: PlainObject; readonly outcomes: ReadonlyMap<string, OutcomeFacts> } | undefined;
  readonly trusted: { readonly branch: string; readonly document: PolicyDocument } | undefined;
  readonly loggedNames: readonly string[] | undefined;
}

export function prepareFacts(facts: PolicyFacts): Known {
  const { assessed, trusted, run } = facts;
  return {
    facts,
    assessed: assessed && {
      plain: readPolicyDocument(assessed.policyText, '').plain,
      outcomes: new Map(assessed.outcomes.map((outcome) => [outcome.id, outcome])),
    },
    trusted: trusted && { branch: trusted.branch, document: readPolicyDocument(trusted.policyText, trusted.branch) },
    loggedNames: run?.metrics.map(({ name }) => name),
  };
}

export const NOTHING_KNOWN: Known = prepareFacts(NO_FACTS);
