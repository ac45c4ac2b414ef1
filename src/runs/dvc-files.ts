import { posix } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';

/** No file of metrics, params or stages is larger. */
export const MOST_BYTES = 10_000_000;

/**
 * The files of a DVC project: as they lie in its folder, or as a commit has them. Paths are relative to the project,
 * `/`-separated. Problems continue "the file …".
 */
export interface DvcFiles {
  /** Undefined when there is no file. */
  read(path: string): Promise<Result<Uint8Array | undefined>>;
  /** Every `dvc.yaml` and `*.dvc`, in byte order. */
  dvcFiles(): Promise<readonly string[]>;
  /** Paths of the files below a folder, or of the file itself; none when nothing is there. */
  filesAt(path: string): Promise<readonly string[]>;
}

/**
 * A path that a file of DVC's names, relative to the project. Refused, since the file may come from anybody: paths out of
 * the project, absolute ones, and addresses of remote places.
 */
export function pathInProject(folder: string, written: string): Result<string> {
  const shown = `“${written.slice(0, 100)}”`;
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(written)) {
    return fail('path-refused', `names ${shown}, which is not on this machine and is not fetched`);
  }
  const path = written.replaceAll('\\', '/');
  if (path.includes('\0') || path.startsWith('/') || /^[a-z]:/i.test(path)) {
    return fail('path-refused', `names ${shown}, which is outside of the project`);
  }
  const joined = posix.join(folder, path).replace(/\/+$/, '');
  if (joined === '..' || joined.startsWith('../')) {
    return fail('path-refused', `names ${shown}, which is outside of the project`);
  }
  if (joined.split('/').some((name) => /^\.git$/i.test(name))) {
    return fail('path-refused', `names ${shown}, which is git’s own`);
  }
  return succeed(joined);
}

/** Whether DVC reads stages, or what it tracks, from a file of this name. */
export function isDvcFileName(name: string): boolean {
  return name === 'dvc.yaml' || (name.endsWith('.dvc') && name !== '.dvc');
}

/** Folders that hold no files of the project’s own: hidden ones (DVC’s, git’s, environments), and other tools’. */
export function isSkippedFolder(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules' || name === '__pycache__' || name === 'site-packages';
}

/** The `dvc.lock` beside a `dvc.yaml`. */
export function lockBeside(dvcYaml: string): string {
  return posix.join(posix.dirname(dvcYaml), 'dvc.lock');
}
