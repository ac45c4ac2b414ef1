import { listInWords } from '../../base/text.ts';
import { reachability } from '../../git/reachable.ts';
import { openRepository } from '../../git/repository.ts';
import type { Run } from '../../runs/run.ts';
import type { CheckContext } from '../check-context.ts';
import { cannotTell, fails, holds, type Requirement } from '../requirements.ts';

const COMMIT_TAG = 'mlflow.source.git.commit';
const DIRTY_TAG = 'mlflow.source.git.dirty';
const SEED_NAME = /(?:^|[^a-z0-9])(?:seed|random_?seed|random_?state|rng_?seed)$/i;

/** The id of the commit that the code was at: 40 hexadecimal digits, or 64 in a SHA-256 repository. */
export function commitOf(run: Pick<Run, 'tags'>): string | undefined {
  const commit = run.tags.get(COMMIT_TAG)?.trim().toLowerCase();
  return commit !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit) ? commit : undefined;
}

export function gitCommit(run: Run): Requirement {
  if (commitOf(run) !== undefined) return holds('git_commit');
  const tag = run.tags.get(COMMIT_TAG);
  const why =
    tag === undefined
      ? `did not record the commit of its code (tag “${COMMIT_TAG}”)`
      : `recorded “${tag.slice(0, 80)}” as its commit, which is no full commit id`;
  return fails('git_commit', why);
}

/** The commit stands in the history of the repository that the policy is in. */
export async function reachableCommit({ run, policyFolder, signal }: CheckContext): Promise<Requirement> {
  const name = 'reachable_commit';
  const commit = commitOf(run);
  if (commit === undefined) return fails(name, 'recorded no commit that could be looked for');
  const repository = await openRepository(policyFolder);
  if (!repository.ok)
    return cannotTell(
      name,
      'has a commit that can’t be looked for, since the policy is in no git repository that can be read',
    );
  switch (await reachability(repository.value, commit, signal)) {
    case 'reachable':
      return holds(name);
    case 'unknown':
      return cannotTell(
        name,
        `was made at commit ${commit.slice(0, 12)}, which is not here; history is cut off, so fetch all of it`,
      );
    default:
      return fails(name, `was made at commit ${commit.slice(0, 12)}, which is in no branch or tag of this repository`);
  }
}

export function cleanTree(run: Run): Requirement {
  const dirty = run.tags.get(DIRTY_TAG)?.trim().toLowerCase();
  if (dirty === 'false') return holds('clean_tree');
  if (dirty === 'true') return fails('clean_tree', 'was made from code with changes that were not committed');
  if (dirty === undefined)
    return fails('clean_tree', `did not record whether its code was all committed (tag “${DIRTY_TAG}”)`);
  return cannotTell(
    'clean_tree',
    `recorded “${dirty.slice(0, 40)}” where “true” or “false” says whether its code was all committed`,
  );
}

export function datasetDigests(run: Run): Requirement {
  const name = 'dataset_digests';
  if (run.inputs.length === 0) return fails(name, 'recorded no data set as its input');
  const without = run.inputs.filter(({ digest }) => digest.trim() === '');
  if (without.length === 0) return holds(name);
  return fails(name, `recorded no digest of ${listInWords(without.map((input) => `“${input.name}”`))}`);
}

export function parameters(run: Run): Requirement {
  return run.params.size > 0 ? holds('parameters') : fails('parameters', 'logged no parameter');
}

/** A parameter called `seed`, `random_state` or the like, whose value is a whole number. */
export function seed(run: Run): Requirement {
  const named = [...run.params].filter(([name]) => SEED_NAME.test(name));
  if (named.some(([, value]) => /^\d+$/.test(value.trim()))) return holds('seed');
  const [first] = named;
  return first === undefined
    ? fails('seed', 'logged no seed (a parameter such as “seed” or “random_state”)')
    : fails('seed', `logged “${first[0]}” as “${first[1].slice(0, 40)}”, which fixes no randomness`);
}
