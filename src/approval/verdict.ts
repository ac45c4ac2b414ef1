export const VERDICT_SCHEMA = 'urn:model-signoff:verdict:v1';

/** Why a model may not go live: a stable code and one sentence. */
export interface Reason {
  readonly code: string;
  readonly message: string;
}

/** An approval that counts. `id` is the sha256 of the signed payload; `key` is the OpenSSH fingerprint `SHA256:…`. */
export interface CountedApproval {
  readonly id: string;
  readonly person: string;
  readonly role: string;
  readonly key: string;
  readonly issued: string;
  readonly expires: string;
}

/** A file among the approvals that neither counts nor blocks, and why. */
export interface IgnoredFile {
  readonly file: string;
  readonly code: string;
  readonly message: string;
}

/** The answer to "may this model decide about people?". The keys stand in this order (contract). */
export interface Verdict {
  readonly schema: typeof VERDICT_SCHEMA;
  readonly approved: boolean;
  readonly reasons: readonly Reason[];
  readonly approvals: readonly CountedApproval[];
  readonly ignored: readonly IgnoredFile[];
  readonly quorum: Readonly<Record<string, { readonly need: number; readonly have: number }>>;
}
