import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fail, type Parsed, type Problem, type Result, succeed } from '../base/result.ts';
import { formatNumber } from '../base/text.ts';
import { CorruptObjectError } from '../git/object-reader.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { artifactCache, defaultCacheFolder } from './artifact-cache.ts';
import { cacheFolders } from './dvc-cache.ts';
import { type CommitRuns, MOST_COMMITS, MOST_RUNS } from './dvc-commits.ts';
import { openFolderFiles } from './dvc-folder-files.ts';
import { readProject } from './dvc-project.ts';
import { type DvcReader, openReader } from './dvc-reader.ts';
import type { ListOptions, OpenRuns, RunSurroundings } from './open-runs.ts';
import type { Run, RunSummary } from './run.ts';

/** What a policy says about a DVC project. */
export interface DvcSource {
  /** Its folder, relative to the policy's. */
  readonly dvc: string;
  readonly policyFolder: string;
  readonly surroundings: RunSurroundings;
}

/**
 * Opens a DVC project for reading only. Its runs are the commits of HEAD's history that changed DVC's files, or that
 * carry a tag of GTO's (id: the commit's), and `workspace`, while the folder's own files of DVC differ from HEAD's. The
 * workspace is never finished: it has no commit. A project outside of git has the workspace alone.
 *
 * Commits end when they were committed, but always after what they descend from, whatever their clocks said. A run's
 * params and metrics are those of the files that `dvc.yaml` names, of `params.yaml`, and of `dvclive/`. `.dvcignore` is
 * not asked, and nothing is ever fetched from a remote or run.
 */
export async function openDvc({ dvc, policyFolder, surroundings }: DvcSource): Promise<Result<OpenRuns>> {
  const folder = realFolder(resolve(policyFolder, dvc));
  if (folder === undefined) {
    return fail('run-source-missing', `The DVC project’s folder “${dvc}” does not exist beside the policy.`);
  }
  const opened = await openRepository(folder);
  if (!opened.ok && opened.problem.code !== 'not-a-repository') return opened;
  const repository = opened.ok ? opened.value : undefined;
  const caches = await cacheFolders(dvcFolderOf(folder, repository?.topLevel));
  const place = { folder, caches };
  const isProject = existsSync(join(folder, '.dvc')) || (await hasDvcFiles(folder));
  if (!isProject) return fail('run-source-missing', `The folder “${dvc}” holds no DVC project: it has no dvc.yaml.`);
  const cache = artifactCache(surroundings.cacheFolder ?? defaultCacheFolder());
  const location = relative(policyFolder, resolve(policyFolder, dvc)).split(sep).join('/') || '.';
  const reader = openReader({ place, repository, location, cache });
  return succeed(runsOf(reader, location, watchedOf(folder, repository)));
}

function runsOf(reader: DvcReader, location: string, watched: readonly string[]): OpenRuns {
  return {
    source: { kind: 'dvc', location, watched },
    async list(options: ListOptions = {}): Promise<Parsed<RunSummary[]>> {
      try {
        const { runs, problems, commits } = await reader.list(options);
        const note = commits === undefined ? undefined : noteOf(commits, location);
        return { value: runs, problems: note === undefined ? problems : [...problems, note] };
      } catch (error) {
        options.signal?.throwIfAborted();
        return { value: undefined, problems: [problemOf(error, location)] };
      }
    },
    load: (id, options = {}) => guarded(location, options.signal, () => reader.load(id, options)),
    fetchArtifacts: (run, wanted, options = {}) =>
      guarded(location, options.signal, () => reader.bring(run, wanted, options)),
    close: () => {},
  };
}

async function guarded(
  location: string,
  signal: AbortSignal | undefined,
  read: () => Promise<Result<Run>>,
): Promise<Result<Run>> {
  try {
    return await read();
  } catch (error) {
    signal?.throwIfAborted();
    return { ok: false, problem: problemOf(error, location) };
  }
}

function problemOf(error: unknown, location: string): Problem {
  const said = error instanceof Error ? error.message : String(error);
  const why = error instanceof CorruptObjectError ? said : `it can’t be read: ${said}`;
  return {
    code: 'run-source-unreadable',
    severity: 'error',
    message: `In the DVC project “${location}”, ${why.slice(0, 300)}`,
  };
}

/** Says where history was not read to its end. */
function noteOf({ rest, runs }: CommitRuns, location: string): Problem | undefined {
  const words: Record<CommitRuns['rest'], string | undefined> = {
    complete: undefined,
    'more runs': `only the newest ${formatNumber(MOST_RUNS)} runs are listed`,
    'more commits': `only the newest ${formatNumber(MOST_COMMITS)} commits were looked at`,
    shallow: `this clone is shallow, so only ${formatNumber(runs.length)} of its runs are here; fetch the rest with \`git fetch --unshallow\``,
  };
  const said = words[rest];
  if (said === undefined) return undefined;
  return { code: 'runs-not-complete', severity: 'information', message: `In the DVC project “${location}”, ${said}.` };
}

function realFolder(path: string): string | undefined {
  try {
    return statSync(path).isDirectory() ? realpathSync(path) : undefined;
  } catch {
    return undefined;
  }
}

/** The `.dvc` of the project, or, where the folder is part of a larger project, the next one above it in the repository. */
function dvcFolderOf(folder: string, topLevel: string | undefined): string {
  for (let place = folder; ; place = dirname(place)) {
    if (realFolder(join(place, '.dvc')) !== undefined) return join(place, '.dvc');
    if (topLevel === undefined || place === topLevel || dirname(place) === place) return join(folder, '.dvc');
  }
}

async function hasDvcFiles(folder: string): Promise<boolean> {
  const files = openFolderFiles({ folder, roots: [folder] });
  if ((await files.dvcFiles()).length > 0) return true;
  return (await readProject(files)).metrics.length > 0;
}

/** Git writes these on a commit, a checkout, or a tag; DVC and DVCLive the others. */
function watchedOf(folder: string, repository: Repository | undefined): string[] {
  const own = ['dvc.yaml', 'dvc.lock', 'params.yaml', 'metrics.json', 'dvclive'].map((name) => join(folder, name));
  if (repository === undefined) return own;
  const { gitDir, commonDir } = repository;
  const refs = [join(commonDir, 'refs', 'tags'), join(commonDir, 'packed-refs')];
  return [...own, join(gitDir, 'HEAD'), join(gitDir, 'logs', 'HEAD'), ...refs];
}
