import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../base/result.ts';
import { objectId } from '../git/object-reader.ts';
import type { Repository } from '../git/repository.ts';
import { md5Of } from './dvc-cache.ts';
import type { CommitFiles } from './dvc-commit-files.ts';
import type { DvcFiles } from './dvc-files.ts';
import type { DvcProject } from './dvc-project.ts';

/** The id of the run that is not committed yet: the project's folder as it is. */
export const WORKSPACE = 'workspace';

interface ProjectFiles<Files extends DvcFiles> {
  readonly files: Files;
  readonly project: DvcProject;
}

/**
 * Whether DVC's files in the project's folder differ from those of a commit: stages, locks, metrics, params and plots.
 * What DVC tracks is compared by the MD5 that the commit recorded. A file that can't be read counts as a difference.
 */
export async function differsFromCommit(
  here: ProjectFiles<DvcFiles>,
  there: ProjectFiles<CommitFiles>,
  format: Repository['objectFormat'],
): Promise<boolean> {
  const roots = [here.project, there.project].flatMap((project) => [
    ...project.sources,
    ...project.metrics,
    ...project.params.keys(),
    ...project.plots,
  ]);
  const md5s = new Map(there.project.outs.map(({ path, md5 }) => [path, md5]));
  const paths = new Set<string>();
  for (const root of new Set(roots)) {
    if (md5s.get(root)?.endsWith('.dir')) continue;
    for (const path of [...(await here.files.filesAt(root)), ...(await there.files.filesAt(root))]) paths.add(path);
  }
  for (const path of paths) {
    const entry = await there.files.entryAt(path);
    const read: Result<Uint8Array | undefined> = await here.files.read(path);
    if (!read.ok) return true;
    const bytes = read.value;
    const md5 = md5s.get(path);
    const isSame =
      entry !== undefined
        ? bytes !== undefined && objectId('blob', bytes, format) === entry.oid
        : bytes === undefined || (md5 !== undefined && md5Of(bytes) === md5);
    if (!isSame) return true;
  }
  return false;
}

/** When one of the project's files was last written, in milliseconds since 1970; undefined where there is none. */
export async function lastWritten(folder: string, project: DvcProject): Promise<number | undefined> {
  const paths = [...project.sources, ...project.metrics, ...project.params.keys()];
  const stats = await Promise.all(paths.map((path) => stat(join(folder, path)).catch(() => undefined)));
  const times = stats.flatMap((found) => (found?.isFile() ? [found.mtimeMs] : []));
  return times.length === 0 ? undefined : Math.floor(Math.max(...times));
}
