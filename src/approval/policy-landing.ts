import { type Result, succeed } from '../base/result.ts';
import { mainBranchOf } from '../git/main-branch.ts';
import { withObjects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import { resolveTrustedRef } from '../git/trusted-ref.ts';
import type { Policy } from '../policy/schema.ts';
import { weakerThan } from '../policy/weaker-policy.ts';
import { readPolicyBytes } from './read-policy.ts';

export interface LandingQuestion {
  readonly repository: Repository;
  readonly policyPath: string;
  readonly policy: Policy;
  readonly policyBytes: Uint8Array;
  /** The protected branch; what the remote calls its main branch when not given. */
  readonly trustedRef?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a signer should know where the policy is not the one on the protected branch: that nothing counts until it has
 * landed there, and in what it asks less. Sentences; none where it is the same, or where no such branch is known.
 * Problems: those of `resolveTrustedRef`, for a branch that was named.
 */
export async function policyLanding(question: LandingQuestion): Promise<Result<string[]>> {
  const { repository, policyPath, policy, policyBytes, trustedRef, signal } = question;
  const ref = trustedRef ?? (await mainBranchOf(repository));
  if (ref === undefined) return succeed([]);
  return withObjects(
    repository,
    async (objects) => {
      const anchor = await resolveTrustedRef(repository, objects, ref);
      if (!anchor.ok) return trustedRef === undefined ? succeed([]) : anchor;
      const landed = await objects.blobAt(anchor.value.commit, policyPath);
      const branch = anchor.value.name.replace(/^refs\/(?:heads|remotes)\//, '');
      if (landed === undefined) {
        return succeed([
          `${branch} has no ${policyPath} yet: nothing signed under it counts before it has landed there.`,
        ]);
      }
      if (Buffer.compare(landed, policyBytes) === 0) return succeed([]);
      const before = readPolicyBytes(landed, policyPath);
      const weaker = before.ok ? weakerThan(policy, before.value) : [];
      return succeed([
        `${policyPath} is not the one of ${branch}: nothing signed under it counts before it has landed there.`,
        ...weaker.map(({ path, message }) => `It asks less: ${path.map(String).join('.')}: ${message} on ${branch}.`),
      ]);
    },
    signal,
  );
}
