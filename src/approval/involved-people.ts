import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, posix, relative } from 'node:path';
import { isGlob } from '../base/name-pattern.ts';
import { authorOf, findLastChange, type LastChange } from '../git/history.ts';
import { type CommitAuthor, type Objects, withObjects } from '../git/objects.ts';
import { findTopLevel, openRepository, type Repository } from '../git/repository.ts';
import { isModelUri } from '../policy/model-uri.ts';
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
  /** Absolute folder or file of the model, wherever it lies. */
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
  const author = asked.includes('author') ? await authorsOfModel(question) : NOBODY;
  const policyAuthor = asked.includes('policy_author')
    ? await authorsOf(question.objects, await findLastChange(repository, policyCommit, policyPath))
    : NOBODY;
  const found = { author, policy_author: policyAuthor };
  return {
    author: namesOf(author.authors),
    policy_author: namesOf(policyAuthor.authors),
    emailOf: new Map([...author.authors, ...policyAuthor.authors].map(({ name, email }) => [name, email])),
    trained_by: asked.includes('trained_by') ? question.runs.flatMap(trainersOf) : [],
    untoldIn: policyAuthor.certainty === 'certain' ? author.lackingIn : undefined,
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

/** Of the runs' commits, and of the last one that changed the model, where the model is in git. */
async function authorsOfModel({ objects, repository, ...question }: InvolvedQuestion): Promise<FoundAuthors> {
  const found: FoundAuthors[] = [];
  for (const commit of question.runs.map((run) => run.tags.get(COMMIT_TAG))) {
    if (commit === undefined || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) continue;
    const isBeyond = repository.shallow && (await objects.commit(commit)) === undefined;
    found.push(await authorsOf(objects, { commit, certainty: isBeyond ? 'history is missing' : 'certain' }));
  }
  for (const path of modelPathsOf(repository, question)) {
    const own = pathInside(repository.topLevel, path);
    if (own !== undefined) {
      const change = await findLastChange(repository, question.head, own, ...pointersTo(own));
      found.push(await authorsOf(objects, change));
    }
    const topLevel = findTopLevel(nearestFolder(path));
    if (topLevel !== undefined && topLevel !== repository.topLevel) found.push(await authorsElsewhere(topLevel, path));
  }
  return together(found);
}

/**
 * Where the model lies, and where the policy says that it does: what a pipeline deploys may be a copy. Git knows a file by
 * its real path alone; through a symlink it would look as if nobody had committed it.
 */
function modelPathsOf(
  { topLevel }: Repository,
  { policy, policyPath, modelPath }: Pick<InvolvedQuestion, 'policy' | 'policyPath' | 'modelPath'>,
): ReadonlySet<string> {
  const { artifact } = policy.run;
  const isPath = artifact !== undefined && !artifact.startsWith('run:') && !isModelUri(artifact) && !isGlob(artifact);
  const named = isPath ? join(topLevel, posix.dirname(policyPath), artifact) : undefined;
  return new Set([modelPath, named].filter((path) => path !== undefined).map(realPath));
}

/** The model may lie in a repository of its own: a submodule, a clone in this one, or one somewhere else. */
async function authorsElsewhere(topLevel: string, path: string): Promise<FoundAuthors> {
  const opened = await openRepository(topLevel);
  if (!opened.ok) return { authors: [], certainty: 'history is missing', lackingIn: { topLevel, shallow: false } };
  return withObjects(opened.value, async (objects) => {
    const head = await objects.head();
    if (head === undefined) return NOBODY;
    const inside = pathInside(topLevel, path) ?? '.';
    const change = await findLastChange(opened.value, head, inside, ...pointersTo(inside));
    const isCertain = change.certainty === 'certain';
    return { ...(await authorsOf(objects, change)), lackingIn: isCertain ? undefined : opened.value };
  });
}

interface FoundAuthors {
  readonly authors: readonly CommitAuthor[];
  readonly certainty: LastChange['certainty'];
  /** The repository that lacks history, where it is another than the policy's. */
  readonly lackingIn?: Involved['untoldIn'];
}

const NOBODY: FoundAuthors = { authors: [], certainty: 'certain' };

async function authorsOf(objects: Objects, { commit, certainty }: LastChange): Promise<FoundAuthors> {
  const author = commit === undefined ? undefined : await authorOf(objects, commit);
  return { authors: author === undefined ? [] : [author], certainty };
}

function together(found: readonly FoundAuthors[]): FoundAuthors {
  const isCertain = found.every(({ certainty }) => certainty === 'certain');
  return {
    authors: found.flatMap(({ authors }) => authors),
    certainty: isCertain ? 'certain' : 'history is missing',
    lackingIn: found.find(({ lackingIn }) => lackingIn !== undefined)?.lackingIn,
  };
}

function namesOf(authors: readonly CommitAuthor[]): string[] {
  return [...new Set(authors.flatMap(({ name, email }) => [name, email]))].filter((name) => name !== '');
}

function pathInside(topLevel: string, path: string): string | undefined {
  const inside = relative(topLevel, path).replaceAll('\\', '/');
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? undefined : inside;
}

/** DVC keeps a file or folder out of git, and a pointer to it beside it, or beside a folder that it is in. */
function pointersTo(inside: string): string[] {
  const parts = inside.split('/');
  return parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}.dvc`);
}

function nearestFolder(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : dirname(path);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Only its pointer is there: it is looked up where it would be.
    return path;
  }
}
