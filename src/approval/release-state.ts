import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';
import { resolveCommit, withObjects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import type { Policy } from '../policy/schema.ts';
import { type AllowedSigners, parseAllowedSigners } from './allowed-signers.ts';
import { type SignoffFolder, signoffFolder } from './file-names.ts';
import { readPolicyBytes } from './read-policy.ts';
import { followReleases, type ReleaseChain } from './release-chain.ts';
import { releaseFilesAt } from './signoff-files.ts';

/** What HEAD has released, and what there is to release. */
export interface ReleaseState {
  readonly repository: Repository;
  readonly policyPath: string;
  readonly folder: SignoffFolder;
  readonly policy: Policy;
  readonly policyBytes: Uint8Array;
  readonly signers: AllowedSigners;
  readonly signersBytes: Uint8Array;
  /** Followed without any root that a pipeline names: good for making a release, no proof of anything. */
  readonly chain: ReleaseChain;
  readonly hasAttributes: boolean;
}

/**
 * Reads policy, signers and releases of HEAD. A release covers what is committed, so what people look at has to be that.
 * Problems: `head-missing`, `not-committed`, `policy-invalid`, `signers-invalid`, and those of `followReleases`.
 */
export async function releaseState(repository: Repository, policyPath: string): Promise<Result<ReleaseState>> {
  const head = await resolveCommit(repository, 'HEAD');
  if (head === undefined) return fail('head-missing', 'The repository has no commit yet: commit the policy first.');
  const folder = signoffFolder(policyPath);
  return withObjects(repository, async (objects): Promise<Result<ReleaseState>> => {
    const covered: Uint8Array[] = [];
    for (const path of [policyPath, folder.allowedSigners]) {
      const bytes = await objects.blobAt(head, path);
      if (bytes === undefined || !liesThere(repository, path, bytes))
        return fail('not-committed', `${path} is not committed as it lies there: commit it first, then release it.`);
      covered.push(bytes);
    }
    const [policyBytes = new Uint8Array(), signersBytes = new Uint8Array()] = covered;
    const policy = readPolicyBytes(policyBytes, policyPath);
    if (!policy.ok) return policy;
    const signers = parseAllowedSigners(Buffer.from(signersBytes).toString('utf8'), folder.allowedSigners);
    const error = signers.problems.find(({ severity }) => severity === 'error');
    if (error !== undefined) return fail('signers-invalid', error.message);
    const chain = followReleases(await releaseFilesAt(objects, head, folder), []);
    if (!chain.ok) return chain;
    const hasAttributes = (await objects.blobAt(head, folder.attributes)) !== undefined;
    return succeed({
      ...{ repository, policyPath, folder, policy: policy.value, policyBytes, signers, signersBytes },
      ...{ chain: chain.value, hasAttributes },
    });
  });
}

/** Line ends may differ (autocrlf), and a sparse checkout may not show the file. */
function liesThere({ topLevel }: Repository, path: string, committed: Uint8Array): boolean {
  try {
    const present = readFileSync(join(topLevel, path), 'latin1');
    return present.replaceAll('\r\n', '\n') === Buffer.from(committed).toString('latin1').replaceAll('\r\n', '\n');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}
