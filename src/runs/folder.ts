import { realpathSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { fail, type Parsed, type Problem, type Result, succeed } from '../base/result.ts';
import { formatNumber } from '../base/text.ts';
import { findRunFolders, folderPattern, MOST_RUN_FOLDERS, type RunFolder } from './folder-places.ts';
import { METRICS, readFolderRun, readFolderSummary } from './folder-run.ts';
import { compareNewestFirst } from './newest-finished-run.ts';
import type { ListOptions, OpenRuns } from './open-runs.ts';
import type { Run, RunSummary } from './run.ts';

/** Files that are read at once: more would only wait for the disk. */
const AT_ONCE = 32;

/** What was read of a run, and how its metrics stood then. */
interface Remembered {
  readonly stamp: string;
  readonly summary: Result<RunSummary | undefined>;
}

/**
 * Opens runs that are plain folders: every folder in `folder`, or, where that is a glob, every folder
 * that it matches. A run's id is its path below the part without a glob; its times are those of its `metrics.json`, as the file
 * system has them, so a copy that does not keep times makes all runs as new as itself.
 */
export async function openFolder(store: {
  readonly folder: string;
  readonly policyFolder: string;
}): Promise<Result<OpenRuns>> {
  const { fixed, names } = folderPattern(store.folder);
  const root = realFolder(resolve(store.policyFolder, fixed));
  if (root === undefined) {
    return fail('run-source-missing', `The runs’ folder “${fixed}” does not exist beside the policy, or is no folder.`);
  }
  const location = relative(store.policyFolder, resolve(store.policyFolder, fixed)).split(sep).join('/') || '.';
  const remembered = new Map<string, Remembered>();

  async function summaryOf(folder: RunFolder, isUnchanged: (path: string) => boolean): Promise<Remembered> {
    const known = remembered.get(folder.id);
    if (known !== undefined && isUnchanged(folder.path)) return known;
    const stamp = await stampOf(join(folder.path, METRICS));
    if (known !== undefined && stamp !== '' && stamp === known.stamp) return known;
    const read = { stamp, summary: await readFolderSummary(folder, location) };
    remembered.set(folder.id, read);
    return read;
  }

  async function list({ changed, signal, reportProgress }: ListOptions = {}): Promise<Parsed<RunSummary[]>> {
    const folders = await findRunFolders(root as string, names, signal);
    const here = new Set(folders.map(({ id }) => id));
    for (const id of remembered.keys()) if (!here.has(id)) remembered.delete(id);
    const isUnchanged = unchangedBut(changed);
    const runs: RunSummary[] = [];
    const problems: Problem[] = [];
    for (let start = 0; start < folders.length; start += AT_ONCE) {
      signal?.throwIfAborted();
      reportProgress?.({ message: 'Reading runs', fraction: start / folders.length });
      const some = folders.slice(start, start + AT_ONCE);
      for (const { summary } of await Promise.all(some.map((folder) => summaryOf(folder, isUnchanged)))) {
        if (!summary.ok) problems.push({ ...summary.problem, severity: 'warning' });
        else if (summary.value !== undefined) runs.push(summary.value);
      }
    }
    if (folders.length > MOST_RUN_FOLDERS) problems.push(tooMany(location));
    return { value: runs.sort(compareNewestFirst), problems };
  }

  return succeed({
    source: { kind: 'folder', location, watched: [root] },
    list,
    async load(id, { signal } = {}): Promise<Result<Run>> {
      const folder = (await findRunFolders(root, names, signal)).find((found) => found.id === id);
      const summary = folder && (await readFolderSummary(folder, location));
      if (folder === undefined || (summary?.ok && summary.value === undefined)) {
        return fail('run-missing', `There is no run “${id.slice(0, 200)}” in “${location}”.`);
      }
      if (summary === undefined || !summary.ok) return summary as Result<never>;
      return readFolderRun(folder, summary.value as RunSummary);
    },
    close: () => remembered.clear(),
  });
}

/** Whether nothing of a folder is among the paths that changed; nobody knows where nobody watched. */
function unchangedBut(changed: readonly string[] | undefined): (folder: string) => boolean {
  if (changed === undefined) return () => false;
  const touched = new Set<string>();
  for (const path of changed) {
    const names = path.split(sep);
    for (let end = names.length; end > 0; end -= 1) touched.add(names.slice(0, end).join(sep));
  }
  const roots = changed.map((path) => (path.endsWith(sep) ? path : path + sep));
  return (folder) => !touched.has(folder) && !roots.some((root) => folder.startsWith(root));
}

async function stampOf(path: string): Promise<string> {
  try {
    const { mtimeNs, ctimeNs, size, ino } = await stat(path, { bigint: true });
    return [mtimeNs, ctimeNs, size, ino].join(' ');
  } catch {
    return '';
  }
}

function tooMany(location: string): Problem {
  const message = `“${location}” has more than ${formatNumber(MOST_RUN_FOLDERS)} folders; name fewer with a glob.`;
  return { code: 'runs-not-complete', severity: 'warning', message };
}

function realFolder(path: string): string | undefined {
  try {
    return statSync(path).isDirectory() ? realpathSync(path) : undefined;
  } catch {
    return undefined;
  }
}
