import { realpathSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { authorOf, findLastChange, type LastChange } from '../git/history.ts';
import { type CommitAuthor, type Objects, withObjects } from '../git/objects.ts';
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

type HeadQuestion = Pick<InvolvedQuestion, 'repository' | 'policy' | 'policyPath' | 'environment'> & {
  readonly signal?: AbortSignal | undefined;
};

const COMMIT_TAG = 'mlflow.source.git.commit';

/**
 * Who had a hand in the model, for `separate_from`: only what the environment asks for is looked up. What git can't
 * tell (a commit of another repository) stays empty: this guards against mistakes, not against forged names. Where a whole
 * clone could tell more, `untold` says so.
 */
export async function involvedPeople(question: InvolvedQuestion): Promise<Involved> {
  const { repository, policy, environment, policyCommit, policyPath } = question;
  const asked = policy.signoff.environments[environment]?.separate_from ?? [];
  const author = asked.includes('author') ? await authorsOf(question, await changesOfModel(question)) : NOBODY;
  const policyAuthor = asked.includes('policy_author')
    ? await authorsOf(question, [await findLastChange(repository, policyCommit, policyPath)])
    : NOBODY;
  const found = { author, policy_author: policyAuthor };
  return {
    author: namesOf(author.authors),
    policy_author: namesOf(policyAuthor.authors),
    emailOf: new Map([...author.authors, ...policyAuthor.authors].map(({ name, email }) => [name, email])),
    trained_by: asked.includes('trained_by') ? question.runs.flatMap(trainersOf) : [],
    untold: (['author', 'policy_author'] as const).filter((kind) => found[kind].certainty !== 'certain'),
  };
}

/** The same where HEAD alone judges: for showing, and for preparing what somebody signs. */
export function involvedByHead(
  { repository, policy, policyPath, environment, signal }: HeadQuestion,
  head: string,
  { runs, modelPath }: Pick<InvolvedQuestion, 'runs' | 'modelPath'>,
): Promise<Involved> {
  const question = { repository, policy, policyPath, environment, policyCommit: head, head, runs, modelPath };
  return withObjects(repository, (objects) => involvedPeople({ ...question, objects }), signal);
}

/** The runs' commits, and the last one that changed the model, where the model is in git. */
async function changesOfModel({ repository, objects, runs, head, modelPath }: InvolvedQuestion): Promise<LastChange[]> {
  const changes: LastChange[] = [];
  for (const commit of runs.map((run) => run.tags.get(COMMIT_TAG))) {
    if (commit === undefined || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) continue;
    const isBeyond = repository.shallow && (await objects.commit(commit)) === undefined;
    changes.push({ commit, certainty: isBeyond ? 'history is missing' : 'certain' });
  }
  const path = modelPath === undefined ? undefined : pathInside(repository, modelPath);
  if (path !== undefined) changes.push(await findLastChange(repository, head, path));
  return changes;
}

interface FoundAuthors {
  readonly authors: readonly CommitAuthor[];
  readonly certainty: LastChange['certainty'];
}

const NOBODY: FoundAuthors = { authors: [], certainty: 'certain' };

async function authorsOf({ objects }: InvolvedQuestion, changes: readonly LastChange[]): Promise<FoundAuthors> {
  const authors: CommitAuthor[] = [];
  for (const { commit } of changes) {
    const author = commit === undefined ? undefined : await authorOf(objects, commit);
    if (author !== undefined) authors.push(author);
  }
  const isCertain = changes.every(({ certainty }) => certainty === 'certain');
  return { authors, certainty: isCertain ? 'certain' : 'history is missing' };
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
