import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type Result, succeed } from '../base/result.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { findPolicyFile, POLICY_FILE_NAME } from './policy-file.ts';

/** The policy as git knows it. */
export interface PolicyRepository {
  readonly repository: Repository;
  /** Relative to the repository's top level, `/`-separated. */
  readonly policyPath: string;
}

/**
 * The repository that the policy lies in. The policy need not be in the work tree: commands that read commits ask
 * git for it, and a commit without one is an answer and not a mistake of the person who asks.
 */
export async function openPolicyRepository(
  named: string | undefined,
  folder: string,
): Promise<Result<PolicyRepository>> {
  const found = findPolicyFile(named, folder);
  const file = found.ok ? found.value : resolve(folder, named ?? POLICY_FILE_NAME);
  const place = existsSync(dirname(file)) ? realpathSync(dirname(file)) : folder;
  const repository = await openRepository(place);
  if (!repository.ok) return repository;
  const policyPath = relative(repository.value.topLevel, join(place, basename(file))).replaceAll('\\', '/');
  return succeed({ repository: repository.value, policyPath });
}
