import { dirname } from 'node:path';
import { type Result, succeed } from '../../base/result.ts';
import { openRepository } from '../../git/repository.ts';
import { readGit } from '../../git/run-git.ts';

/** Full names of the branches that could be trusted, remote ones first: those are what a server protects. */
export async function branches(input: { readonly policyFile: string }): Promise<Result<readonly string[]>> {
  const repository = await openRepository(dirname(input.policyFile));
  if (!repository.ok) return repository;
  const output = await readGit(repository.value, ['for-each-ref', '--format=%(refname)', 'refs/remotes', 'refs/heads']);
  const refs = output.stdout
    .toString('utf8')
    .split('\n')
    // A remote's HEAD only points at another branch.
    .filter((ref) => ref !== '' && !ref.endsWith('/HEAD'));
  const isRemote = (ref: string): boolean => ref.startsWith('refs/remotes/');
  return succeed([...refs.filter(isRemote), ...refs.filter((ref) => !isRemote(ref))]);
}
