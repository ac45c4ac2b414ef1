import { dirname } from 'node:path';
import { openObjects } from '../../../git/objects.ts';
import { openRepository, type Repository } from '../../../git/repository.ts';
import { readGit } from '../../../git/run-git.ts';
import type { PolicyFacts } from '../../../policy/language/facts.ts';
import { pathInRepository } from '../open-policy.ts';

/** Branches that are protected as a rule, in the order in which they are looked for. */
const USUAL = ['refs/remotes/origin/main', 'refs/remotes/origin/master', 'refs/heads/main', 'refs/heads/master'];

/**
 * The policy of the branch that a pipeline most probably trusts: the remote's own, else a usual name. For information
 * only; `verify` is told its branch. Undefined where there is none, or none with a policy. Runs git.
 */
export async function trustedPolicy(policyFile: string, signal: AbortSignal): Promise<PolicyFacts['trusted']> {
  const opened = await openRepository(dirname(policyFile));
  if (!opened.ok) return undefined;
  const repository = opened.value;
  const branch = await likelyBranch(repository);
  if (branch === undefined) return undefined;
  const objects = openObjects(repository, signal);
  try {
    const bytes = await objects.blobAt(branch.commit, pathInRepository(repository, policyFile));
    if (bytes === undefined) return undefined;
    return { branch: branch.ref.replace(/^refs\/(?:heads|remotes)\//, ''), policyText: bytes.toString('utf8') };
  } catch {
    // A clone may lack objects; then nothing is known.
    signal.throwIfAborted();
    return undefined;
  } finally {
    objects.close();
  }
}

async function likelyBranch(
  repository: Repository,
): Promise<{ readonly ref: string; readonly commit: string } | undefined> {
  const format = '--format=%(refname) %(objectname) %(symref)';
  const output = await readGit(repository, ['for-each-ref', format, 'refs/remotes/origin/HEAD', ...USUAL]);
  const found = output.stdout
    .toString('utf8')
    .split('\n')
    .map((line) => line.split(' '));
  const commits = new Map(found.map(([ref = '', commit = '']) => [ref, commit]));
  const head = found.find(([ref]) => ref === 'refs/remotes/origin/HEAD');
  const ref = head?.[2] || USUAL.find((each) => commits.has(each));
  const commit = ref === undefined ? undefined : (commits.get(ref) ?? head?.[1]);
  return ref === undefined || commit === undefined ? undefined : { ref, commit };
}
