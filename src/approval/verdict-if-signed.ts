import { sha256Hex } from '../base/hashing.ts';
import { modelIdOf } from '../evidence/model-files.ts';
import type { SigningKey } from '../git/keys.ts';
import { approvalPath } from './file-names.ts';
import type { Involved } from './separation.ts';
import type { SignedStatement } from './signed-statement.ts';
import { type ApprovalSituation, assessmentPathOf, verdictByHead } from './situation.ts';
import type { ApprovalStatement } from './statement.ts';
import { statementBytes } from './statement-writer.ts';
import type { Verdict } from './verdict.ts';

/** What the statement will be signed with and judged by. */
interface Signing {
  readonly key: SigningKey;
  /** Of the assessment that it names, where HEAD does not have it yet. */
  readonly assessmentBytes?: Uint8Array;
  readonly policyBytes: Uint8Array;
  readonly involved: Involved;
}

/** What `verify` would say by HEAD's signers if the statement were already signed and committed. */
export function verdictIfSigned(situation: ApprovalSituation, statement: ApprovalStatement, signing: Signing): Verdict {
  const id = sha256Hex(statementBytes(statement));
  const { predicate } = statement;
  const files = statement.subject.map(({ name, digest }) => ({ name, sha256: digest.sha256 }));
  const own: SignedStatement = {
    id,
    file: approvalPath(situation.folder, predicate, id),
    statement,
    modelId: modelIdOf(files),
    person: predicate.approver,
    key: signing.key.fingerprint,
    keyIsValid: true,
    // Without one, nobody gets this far where the policy demands it.
    touched: true,
    inHead: true,
  };
  const assessments = new Map(situation.assessments);
  if (signing.assessmentBytes !== undefined) {
    assessments.set(assessmentPathOf(situation.folder, own), signing.assessmentBytes);
  }
  const approvals = { ...situation.approvals, statements: [...situation.approvals.statements, own] };
  return verdictByHead(
    { ...situation, approvals, assessments },
    {
      ...{ model: { modelId: own.modelId, files }, run: predicate.run },
      ...{ policyBytes: signing.policyBytes, involved: signing.involved },
    },
  );
}
