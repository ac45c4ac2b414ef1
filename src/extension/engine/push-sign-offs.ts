import { dirname } from 'node:path';
import type { Result } from '../../base/result.ts';
import { type PushedSignOffs, pushSignOffs as push } from '../../git/push-sign-offs.ts';
import { openRepository } from '../../git/repository.ts';
import type { OperationContext } from './operation-context.ts';

/** Pushes the sign-offs that lie on the branch of the policy's repository, and nothing else of the user's. */
export async function pushSignOffs(
  { policyFile }: { readonly policyFile: string },
  { signal }: OperationContext,
): Promise<Result<PushedSignOffs>> {
  const repository = await openRepository(dirname(policyFile));
  return repository.ok ? push(repository.value, signal) : repository;
}
