import { type FSWatcher, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import type { Disposable } from '../lifecycle.ts';

/** Files are written beside their place and moved there: that is told of once. */
const QUIET_MS = 100;

/**
 * Tells of what changes directly in a folder, which may come to be only later: until then the nearest folder above it
 * that is there is watched. Where the system refuses, nothing is told; nothing is ever polled.
 */
export function watchFolder(folder: string, onChange: () => void): Disposable {
  let watcher: FSWatcher | undefined;
  let watched: Place | undefined;
  let timer: NodeJS.Timeout | undefined;

  const release = (): void => {
    watcher?.close();
    watcher = undefined;
  };
  const changed = (): void => {
    const wasThere = watched?.folder === folder;
    follow();
    // While it comes to be, the first file in it may have been faster than the watch.
    if (!wasThere && watched?.folder !== folder) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, QUIET_MS);
    timer.unref();
  };
  const follow = (): void => {
    for (let place = nearest(folder); !isSame(place, watched); place = nearest(folder)) {
      release();
      watched = place;
      try {
        watcher = watch(place.folder, { persistent: false }, changed);
        watcher.on('error', release);
      } catch {
        // It went meanwhile, which the next round sees, or the system lets nobody watch more.
      }
    }
  };
  follow();
  return {
    dispose: () => {
      clearTimeout(timer);
      release();
    },
  };
}

interface Place {
  readonly folder: string;
  /** A folder that was removed and made again is another one. */
  readonly node: number | undefined;
}

/** The folder itself where it is there, else the nearest above it. */
function nearest(folder: string): Place {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return { folder, node: stats.ino };
  const above = dirname(folder);
  return above === folder ? { folder, node: undefined } : nearest(above);
}

function isSame(one: Place, other: Place | undefined): boolean {
  return one.folder === other?.folder && one.node === other.node;
}
