import { sha256Hex } from '../base/hashing.ts';
import type { Assessed } from '../checks/load-and-assess.ts';
import type { SigningKey } from '../git/keys.ts';
import { approvalPath } from './file-names.ts';
import { type Involved, unknownNames } from './separation.ts';
import type { SignedStatement } from './signed-statement.ts';
import { type ApprovalSituation, assessmentPathOf, verdictByHead } from './situation.ts';
import type { ApprovalStatement, Decision } from './statement.ts';
import { statementBytes } from './statement-writer.ts';

/** The part of a request that matters here. */
interface SigningRequest {
  readonly environment: string;
  readonly decision: Decision;
  readonly assessed: Pick<Assessed, 'policy' | 'policyBytes' | 'run' | 'modelFiles'>;
  readonly key: SigningKey;
}

/** What is still open after this signature, in sentences: judged as if it were already there. */
export function openPointsAfter(
  request: SigningRequest,
  situation: ApprovalSituation,
  statement: ApprovalStatement,
  bytes: Uint8Array,
  involved: Involved,
): string[] {
  const { assessed, environment } = request;
  const unknown = unknownNames(assessed.policy.signoff, environment, involved).map(
    (name) =>
      `The policy does not say who "${name}" is (signoff.aliases), so separation can't be judged for that name.`,
  );
  if (request.decision === 'reject' || assessed.modelFiles === undefined) return unknown;
  const payload = statementBytes(statement);
  const id = sha256Hex(payload);
  const { predicate } = statement;
  const file = approvalPath(situation.folder, predicate, id);
  const own: SignedStatement = {
    id,
    file,
    statement,
    modelId: assessed.modelFiles.modelId,
    person: predicate.approver,
    key: request.key.fingerprint,
    keyIsValid: true,
    // Without one, nobody gets this far where the policy demands it.
    touched: true,
    inHead: true,
  };
  const assessments = new Map(situation.assessments).set(assessmentPathOf(situation.folder, own), bytes);
  const approvals = { ...situation.approvals, statements: [...situation.approvals.statements, own] };
  const verdict = verdictByHead(
    { ...situation, approvals, assessments },
    { model: assessed.modelFiles, run: assessed.run.id, policyBytes: assessed.policyBytes, involved },
  );
  return [...verdict.reasons.map(({ message }) => message), ...unknown];
}
