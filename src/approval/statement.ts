/** The in-toto statement that a person signs. Field by field as the design's §6 has it (contract). */
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
export const PREDICATE_TYPE = 'urn:model-signoff:approval:v1';
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
export const SIGNATURE_NAMESPACE = 'model-signoff';

export const DECISIONS = ['approve', 'reject', 'revoke', 'rollback'] as const;
export type Decision = (typeof DECISIONS)[number];

/** Whether a decision lets a model in: that asks more of its signer than one that only closes. */
export function opensSomething(decision: Decision): boolean {
  return decision === 'approve' || decision === 'rollback';
}

/** One file of the model: its path below the artifact folder, `/`-separated. */
export interface Subject {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

export interface AcceptedOutcome {
  readonly check: string;
  readonly reason: string;
}

/** `until` is a day, `YYYY-MM-DD`, and the waiver holds through the end of it in UTC. */
export interface Waiver {
  readonly check: string;
  readonly reason: string;
  readonly until: string;
}

export interface Attestation {
  readonly check: string;
  /** The policy's text of the check, so that the person signs the words and not only the id. */
  readonly statement: string;
  readonly evidence: readonly { readonly path: string; readonly sha256: string }[];
}

export interface ApprovalPredicate {
  readonly project: string;
  readonly model: string;
  readonly run: string;
  readonly environment: string;
  readonly decision: Decision;
  readonly role: string;
  readonly approver: string;
  readonly comment: string;
  readonly policy: { readonly sha256: string };
  readonly assessment: { readonly sha256: string };
  readonly accepted: readonly AcceptedOutcome[];
  readonly waivers: readonly Waiver[];
  readonly attestations: readonly Attestation[];
  readonly replaces: string | null;
  readonly supersedes: readonly string[];
  readonly deployment: { readonly strategy: string | null; readonly rollback_to: string | null };
  readonly trained_by: readonly string[];
  /** `YYYY-MM-DDTHH:MM:SSZ`, as is `expires`. */
  readonly issued: string;
  readonly expires: string;
  readonly tool: { readonly name: string; readonly version: string };
}

export interface ApprovalStatement {
  readonly _type: typeof STATEMENT_TYPE;
  readonly subject: readonly Subject[];
  readonly predicateType: typeof PREDICATE_TYPE;
  readonly predicate: ApprovalPredicate;
}
