import { realpathSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { authorOf, lastChangeOf } from '../git/history.ts';
import type { CommitAuthor, Objects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import type { Policy } from '../policy/schema.ts';
import type { Run } from '../runs/run.ts';
import { trainersOf } from './model-under-judgement.ts';
import type { Involved } from './separation.ts';

export interface InvolvedQuestion {
  readonly repository: Repository;
  readonly objects: Objects;
  readonly policy: Policy;
  readonly environment: string;
  readonly policyPath: string;
  /** Where the policy's last change is looked up. */
  readonly policyCommit: string;
  readonly head: string;
  /** The run in question; where none is, every run that an approval of the model names. */
  readonly runs: readonly Run[];
  /** Absolute folder or file of the model. */
  readonly modelPath: string | undefined;
}

const COMMIT_TAG = 'mlflow.source.git.commit';

/**
 * Who had a hand in the model, for `separate_from`: only what the environment asks for is looked up. What git can't
 * tell (a commit that is not in this clone) stays empty: this guards against mistakes, not against forged names.
 */
export async function involvedPeople(question: InvolvedQuestion): Promise<Involved> {
  const asked = question.policy.signoff.environments[question.environment]?.separate_from ?? [];
  const author = asked.includes('author') ? await authors(question) : [];
  const policyAuthor = asked.includes('policy_author') ? await policyAuthors(question) : [];
  return {
    author: namesOf(author),
    policy_author: namesOf(policyAuthor),
    emailOf: new Map([...author, ...policyAuthor].map(({ name, email }) => [name, email])),
    trained_by: asked.includes('trained_by') ? question.runs.flatMap(trainersOf) : [],
  };
}

/** Of the runs' commits, and of the last commit that changed the model, where the model is in git. */
async function authors({ repository, objects, runs, head, modelPath }: InvolvedQuestion): Promise<CommitAuthor[]> {
  const commits = runs.map((run) => run.tags.get(COMMIT_TAG));
  const path = modelPath === undefined ? undefined : pathInside(repository, modelPath);
  if (path !== undefined) commits.push(await lastChangeOf(repository, head, path));
  return authorsOf(objects, commits);
}

async function policyAuthors({
  repository,
  objects,
  policyCommit,
  policyPath,
}: InvolvedQuestion): Promise<CommitAuthor[]> {
  return authorsOf(objects, [await lastChangeOf(repository, policyCommit, policyPath)]);
}

async function authorsOf(objects: Objects, commits: readonly (string | undefined)[]): Promise<CommitAuthor[]> {
  const found: CommitAuthor[] = [];
  for (const commit of commits) {
    if (commit === undefined || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) continue;
    const author = await authorOf(objects, commit);
    if (author !== undefined) found.push(author);
  }
  return found;
}

function namesOf(authors: readonly CommitAuthor[]): string[] {
  return [...new Set(authors.flatMap(({ name, email }) => [name, email]))].filter((name) => name !== '');
}

/** Git knows a file by its real path alone; through a symlink it would look as if nobody had committed it. */
function pathInside(repository: Repository, path: string): string | undefined {
  const inside = relative(repository.topLevel, realPath(path)).replaceAll('\\', '/');
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? undefined : inside;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Only its pointer is there: it is looked up where it would be.
    return path;
  }
}
