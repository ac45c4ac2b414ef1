import type { Assessed } from '../checks/load-and-assess.ts';
import type { SigningKey } from '../git/keys.ts';
import type { Repository } from '../git/repository.ts';
import { type Involved, missingHistoryWarning, unknownNames, unknownNamesWarning } from './separation.ts';
import type { ApprovalSituation } from './situation.ts';
import type { ApprovalStatement, Decision } from './statement.ts';
import { verdictIfSigned } from './verdict-if-signed.ts';

/** The part of a request that matters here. */
interface SigningRequest {
  readonly repository: Pick<Repository, 'shallow'>;
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
  const warning = unknownNamesWarning(unknownNames(assessed.policy.signoff, environment, involved));
  const unknown = warning === undefined ? [] : [warning];
  if (request.decision === 'reject' || assessed.modelFiles === undefined) return unknown;
  const verdict = verdictIfSigned(situation, statement, {
    ...{ key: request.key, assessmentBytes: bytes, policyBytes: assessed.policyBytes, involved },
  });
  // That a statement of old was superseded is what signing anew is for.
  const open = verdict.reasons.filter(({ code }) => code !== 'superseded');
  return [...missingHistoryWarning(involved, request.repository), ...open.map(({ message }) => message), ...unknown];
}
