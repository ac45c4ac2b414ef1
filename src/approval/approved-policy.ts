import { sha256Hex } from '../base/hashing.ts';
import { commitsThatChanged } from '../git/history.ts';
import { withObjects } from '../git/objects.ts';
import type { Policy } from '../policy/schema.ts';
import { readPolicyBytes } from './read-policy.ts';
import { approvalSituation, type SituationRequest } from './situation.ts';

/** Of a policy's history: what was approved under an older one than these is not looked for. */
const MOST_COMMITS = 1000;

/** The policy under which a run was last approved. */
export type ApprovedPolicy =
  | { readonly kind: 'found'; readonly policy: Policy; readonly sha256: string; readonly issued: string }
  /** The run was approved under a policy that is in no commit here, or can't be read any more. */
  | { readonly kind: 'lost'; readonly sha256: string; readonly issued: string };

/** Finds it by its digest among the commits that changed the policy; undefined where the run was never approved there. */
export async function approvedPolicyOf(run: string, request: SituationRequest): Promise<ApprovedPolicy | undefined> {
  const { repository, policyPath, signal } = request;
  const { statements, head } = await approvalSituation(request);
  const approvals = statements
    .map(({ statement }) => statement.predicate)
    .filter(({ decision, run: named }) => decision === 'approve' && named === run)
    .toSorted((one, other) => (one.issued < other.issued ? -1 : 1));
  const newest = approvals.at(-1);
  if (newest === undefined || head === undefined) return undefined;
  const known = { sha256: newest.policy.sha256, issued: newest.issued };
  const commits = await commitsThatChanged(repository, head, policyPath, { most: MOST_COMMITS, signal });
  const bytes = await withObjects(
    repository,
    async (objects) => {
      for (const { id } of commits) {
        const blob = await objects.blobAt(id, policyPath);
        if (blob !== undefined && sha256Hex(blob) === known.sha256) return blob;
      }
      return undefined;
    },
    signal,
  );
  const policy = bytes === undefined ? undefined : readPolicyBytes(bytes, policyPath);
  return policy?.ok === true ? { kind: 'found', policy: policy.value, ...known } : { kind: 'lost', ...known };
}
