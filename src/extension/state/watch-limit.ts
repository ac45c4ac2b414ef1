import { type FSWatcher, watch } from 'node:fs';

/** What Linux answers where a user has used up all watches, or all files that may be open. */
const REFUSALS: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EMFILE', 'ENFILE']);

/** Starts to watch a folder; throws where the system does not let it. */
export type StartWatching = (folder: string) => Pick<FSWatcher, 'close'>;

/**
 * Whether the system would refuse to watch these folders as well. VS Code only logs when it is refused, and tells no
 * extension; so all are watched for an instant here, before VS Code gets to it. Only Linux sets such a limit.
 */
export function watchesAreRefused(folders: readonly string[], start: StartWatching = startWatching): boolean {
  const opened: Pick<FSWatcher, 'close'>[] = [];
  try {
    for (const folder of folders) opened.push(...opening(folder, start));
    return false;
  } catch (error) {
    return REFUSALS.has((error as NodeJS.ErrnoException).code);
  } finally {
    for (const watcher of opened) watcher.close();
  }
}

function opening(folder: string, start: StartWatching): readonly Pick<FSWatcher, 'close'>[] {
  try {
    return [start(folder)];
  } catch (error) {
    // A folder that is not there yet, or not ours to read, says nothing about the limit.
    if (!REFUSALS.has((error as NodeJS.ErrnoException).code)) return [];
    throw error;
  }
}

function startWatching(folder: string): Pick<FSWatcher, 'close'> {
  if (process.platform !== 'linux') return { close: () => {} };
  const watcher = watch(folder, { persistent: false });
  watcher.on('error', () => {});
  return watcher;
}
