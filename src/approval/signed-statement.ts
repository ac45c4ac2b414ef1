import type { ApprovalStatement } from './statement.ts';

/** A statement whose signature, signer, role and place have been verified. What it is worth, the judge says. */
export interface SignedStatement {
  /** sha256 of the payload. Never of the file or the signature: those can be written in several ways. */
  readonly id: string;
  /** Path relative to the repository's top level. */
  readonly file: string;
  readonly statement: ApprovalStatement;
  /** Over the statement's subjects. */
  readonly modelId: string;
  readonly person: string;
  /** Fingerprint of the key. */
  readonly key: string;
  /**
   * Whether the trusted signers let the key sign at the moment of the question. One that may not approves nothing and
   * lifts no rejection; but its own rejections, revocations and supersessions stay: only removing a key voids those.
   */
  readonly keyIsValid: boolean;
  /** Whether a security key made the signature, and somebody touched it. */
  readonly touched: boolean;
  /** Whether HEAD holds it. One that only the anchor holds can block and supersede, but fills no seat. */
  readonly inHead: boolean;
}

export function sameModel(a: SignedStatement, b: SignedStatement): boolean {
  return a.modelId === b.modelId;
}

/** Who may undo a statement: its signer, or somebody who signs in the same role. */
export function mayUndo(undoing: SignedStatement, undone: SignedStatement): boolean {
  return undoing.person === undone.person || undoing.statement.predicate.role === undone.statement.predicate.role;
}

export function supersedes(later: SignedStatement, earlier: SignedStatement): boolean {
  return later.statement.predicate.supersedes.includes(earlier.id);
}

/** Approvals belong together only when they name the same model, run, assessment and predecessor. Equal texts, equal all. */
export function quorumKey({ modelId, statement }: SignedStatement): string {
  const { run, assessment, replaces } = statement.predicate;
  return JSON.stringify([modelId, run, assessment.sha256, replaces]);
}
