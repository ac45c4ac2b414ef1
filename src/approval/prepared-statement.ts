import { sha256Hex } from '../base/hashing.ts';
import type { SigningKey } from '../git/keys.ts';
import type { Repository } from '../git/repository.ts';
import { signedBefore, signedInHead } from './already-signed.ts';
import { commitMessageFor } from './commit-message.ts';
import { type DescribedField, describeStatement } from './describe-statement.ts';
import { approvalPath } from './file-names.ts';
import type { LeftOver } from './left-over.ts';
import type { ApprovalSituation } from './situation.ts';
import type { ApprovalStatement } from './statement.ts';
import { statementBytes } from './statement-writer.ts';

/** A statement ready to be shown, signed and committed. */
export interface PreparedStatement {
  readonly repository: Repository;
  readonly policyPath: string;
  readonly statement: ApprovalStatement;
  /** The bytes that are signed (inside DSSE's encoding), and their sha256. */
  readonly payload: Uint8Array;
  readonly id: string;
  readonly approvalPath: string;
  readonly description: readonly DescribedField[];
  /** What will still be missing after this signature, and what the signer should know. Sentences. */
  readonly openPoints: readonly string[];
  readonly key: SigningKey;
  readonly addAttributes: boolean;
  readonly commitMessage: string;
  /** The envelope that a crash left uncommitted in the work tree: it says the same, so it is committed, not signed anew. */
  readonly leftOver: Uint8Array | undefined;
  /** The same person has signed the same in HEAD already: there is nothing to sign. */
  readonly already: { readonly commit: string; readonly approvalPath: string; readonly id: string } | undefined;
}

/** Finds out whether the statement was signed before, committed or not, and lays out what remains to be done. */
export function preparedStatement(
  { repository, policyPath, key }: Pick<PreparedStatement, 'repository' | 'policyPath' | 'key'>,
  situation: ApprovalSituation,
  wanted: ApprovalStatement,
): PreparedStatement {
  const { same, others } = signedBefore(situation, repository.topLevel, {
    statement: wanted,
    fingerprint: key.fingerprint,
  });
  const statement = same?.signed.statement ?? wanted;
  const payload = statementBytes(statement);
  const id = sha256Hex(payload);
  const committed = signedInHead(situation, statement);
  return {
    repository,
    policyPath,
    statement,
    payload,
    id,
    approvalPath: approvalPath(situation.folder, statement.predicate, id),
    description: describeStatement(statement),
    openPoints: others.map(interrupted),
    key,
    addAttributes: !situation.hasAttributes,
    commitMessage: commitMessageFor(statement, id),
    leftOver: same?.envelope,
    already:
      committed === undefined || situation.head === undefined
        ? undefined
        : { commit: situation.head, approvalPath: committed.file, id: committed.id },
  };
}

function interrupted({ signed }: LeftOver): string {
  const { decision, environment } = signed.statement.predicate;
  return `An earlier statement of yours (${decision} for ${environment}) was signed and never committed: your next commit may include ${signed.file}, so delete and unstage that file if you no longer mean it.`;
}
