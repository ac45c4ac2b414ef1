import { createHash } from 'node:crypto';
import { commitsThatChanged, lastChangeOf } from '../git/history.ts';
import type { CommitObject, Objects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import { type CommitFiles, newTreeCache, openCommitFiles, type TreeCache } from './dvc-commit-files.ts';
import { lockBeside } from './dvc-files.ts';
import { type DvcProject, readProject } from './dvc-project.ts';
import { DEFAULT_PARAMS } from './dvc-yaml.ts';
import type { ReadRunsOptions } from './open-runs.ts';

/** More runs than anybody looks through; each is a commit. */
export const MOST_RUNS = 1000;
/** How far back in history runs are looked for. */
export const MOST_COMMITS = 10_000;

/** A commit of HEAD's history that changed DVC's files. */
export interface CommitRun {
  readonly commit: CommitObject;
  /** When it was committed, in milliseconds since 1970, and always later than what it descends from. */
  readonly orderedTime: number;
  /** Names what DVC's files hold: commits with the same have the same metrics and params. */
  readonly fingerprint: string;
}

export interface CommitRuns {
  /** Newest first. */
  readonly runs: readonly CommitRun[];
  /** Where tags name commits: the run that has the project as that commit has it. */
  readonly runOfTagged: ReadonlyMap<string, string>;
  /** Whether history goes on before the last of them. */
  readonly rest: 'complete' | 'more runs' | 'more commits' | 'shallow';
}

/** What was read of commits before. Commits never change, so it stays true. */
export interface CommitMemory {
  readonly trees: TreeCache;
  readonly fingerprints: Map<string, string>;
  readonly projects: Map<string, { readonly sourcesKey: string; readonly project: DvcProject }>;
}

export function newCommitMemory(): CommitMemory {
  return { trees: newTreeCache(), fingerprints: new Map(), projects: new Map() };
}

/** A DVC project in a repository. `folder` is relative to the top level, `''` for the top level itself. */
export interface ProjectInGit {
  readonly repository: Repository;
  readonly folder: string;
}

/**
 * The commits of a history in which DVC's files differ from those of every parent, and those that carry a tag of GTO's.
 *
 * @param head where the history starts
 * @param tagged commits that carry a tag of GTO's
 */
export async function findCommitRuns(
  { repository, folder }: ProjectInGit,
  objects: Objects,
  memory: CommitMemory,
  {
    head,
    tagged,
    signal,
    reportProgress,
  }: ReadRunsOptions & { readonly head: string; readonly tagged: ReadonlySet<string> },
): Promise<CommitRuns> {
  const history = await commitsThatChanged(repository, head, folder, { most: MOST_COMMITS, signal });
  const runOfTagged = await taggedInHistory({ repository, folder }, new Set(history.map(({ id }) => id)), tagged);
  const runsAnyway = new Set(runOfTagged.values());
  const times = new Map<string, number>();
  const commits = new Map<string, CommitObject>();
  for (const { id, parents } of history.toReversed()) {
    const commit = await objects.commit(id);
    if (commit === undefined) continue;
    commits.set(id, commit);
    const earliest = Math.max(...parents.map((parent) => (times.get(parent) ?? 0) + 1), 0);
    times.set(id, Math.max(commit.time, earliest));
  }
  const fingerprintAt = async (id: string): Promise<string | undefined> => {
    const commit = commits.get(id) ?? (await objects.commit(id));
    return commit === undefined ? undefined : fingerprintOf(commit, { repository, folder }, objects, memory);
  };

  const runs: CommitRun[] = [];
  for (const [index, { id, parents }] of history.entries()) {
    signal?.throwIfAborted();
    if (index % 100 === 0) reportProgress?.({ message: 'Reading commits', fraction: index / history.length });
    const commit = commits.get(id);
    const fingerprint = await fingerprintAt(id);
    if (commit === undefined || fingerprint === undefined || fingerprint === '') continue;
    const before = await Promise.all(parents.map(fingerprintAt));
    if (before.includes(fingerprint) && !runsAnyway.has(id)) continue;
    if (runs.length === MOST_RUNS) return { runs, runOfTagged, rest: 'more runs' };
    runs.push({ commit, orderedTime: times.get(id) ?? commit.time, fingerprint });
  }
  const isCutOff = history.length === MOST_COMMITS;
  return { runs, runOfTagged, rest: isCutOff ? 'more commits' : repository.shallow ? 'shallow' : 'complete' };
}

/** A tag may stand on a commit that left the project's folder alone: then the commit before that changed it is meant. */
async function taggedInHistory(
  { repository, folder }: ProjectInGit,
  history: ReadonlySet<string>,
  tagged: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const id of tagged) {
    const changed = history.has(id) || folder === '' ? id : await lastChangeOf(repository, id, folder);
    if (changed !== undefined && history.has(changed)) found.set(id, changed);
  }
  return found;
}

/** The project's files, and what they say, in one commit; undefined where the project's folder is not in it. */
export async function openProjectAt(
  commit: CommitObject,
  { folder }: ProjectInGit,
  objects: Objects,
  memory: CommitMemory,
): Promise<{ readonly files: CommitFiles; readonly project: DvcProject } | undefined> {
  const files = await openCommitFiles(objects, memory.trees, commit.tree, folder);
  return files === undefined ? undefined : { files, project: await projectOf(files, memory) };
}

/** The content of every file of DVC's, by git's ids, as one digest; empty where there is none. */
async function fingerprintOf(
  commit: CommitObject,
  place: ProjectInGit,
  objects: Objects,
  memory: CommitMemory,
): Promise<string> {
  const files = await openCommitFiles(objects, memory.trees, commit.tree, place.folder);
  if (files === undefined) return '';
  const known = memory.fingerprints.get(files.folderId);
  if (known !== undefined) return known;
  const project = await projectOf(files, memory);
  const isProject = (await files.dvcFiles()).length > 0 || project.metrics.length > 0;
  const paths = [...project.sources, ...project.metrics, ...project.params.keys(), ...project.plots];
  const fingerprint = isProject ? await keyOf(files, paths) : '';
  memory.fingerprints.set(files.folderId, fingerprint);
  return fingerprint;
}

/** Projects change seldom: one that was read from the same files is the same. */
async function projectOf(files: CommitFiles, memory: CommitMemory): Promise<DvcProject> {
  const dvcFiles = await files.dvcFiles();
  const first = await keyOf(files, [...dvcFiles, ...dvcFiles.map(lockBeside), DEFAULT_PARAMS, 'dvclive']);
  const known = memory.projects.get(first);
  if (known !== undefined && (await keyOf(files, known.project.sources)) === known.sourcesKey) return known.project;
  const project = await readProject(files);
  memory.projects.set(first, { sourcesKey: await keyOf(files, project.sources), project });
  return project;
}

async function keyOf(files: CommitFiles, paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of new Set(paths)) hash.update(`${path}\0${(await files.entryAt(path))?.oid ?? ''}\0`);
  return hash.digest('hex');
}
