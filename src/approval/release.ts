import type { STATEMENT_TYPE, Subject } from './statement.ts';

/**
 * A release: the policy and the signers as one numbered statement, signed by the holders of root keys. Where pushes to
 * the branch that is deployed are not protected, it says what may be trusted in place of a branch (contract: design §6).
 */
export const RELEASE_PREDICATE_TYPE = 'urn:model-signoff:release:v1';

/** A release is small; more is refused unread. */
export const MAX_RELEASE_BYTES = 1024 * 1024;
export const MAX_RELEASE_NUMBER = 999_999_999;
export const MAX_ROOTS = 64;

export interface ReleasePredicate {
  readonly project: string;
  /** From 1, without gaps. */
  readonly number: number;
  /** Fingerprints of the keys that may sign this release and, with its own roots, the next one. */
  readonly roots: readonly string[];
  /** How many different roots have to sign. */
  readonly threshold: number;
  /** What this release voids: fingerprints of keys, with all that they signed, and ids of single statements. */
  readonly revoked: readonly string[];
  /** `YYYY-MM-DDTHH:MM:SSZ`, as is `expires`. */
  readonly issued: string;
  readonly expires: string;
}

export interface ReleaseStatement {
  readonly _type: typeof STATEMENT_TYPE;
  /** The policy and the signers: paths relative to the repository's top level, and digests of the committed bytes. */
  readonly subject: readonly Subject[];
  readonly predicateType: typeof RELEASE_PREDICATE_TYPE;
  readonly predicate: ReleasePredicate;
}
