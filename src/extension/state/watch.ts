import { opendirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { POLICY_FILE_NAME } from '../ids.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import { Listeners } from '../listeners.ts';
import type { Scope } from './look.ts';
import type { SignoffState } from './signoff-state.ts';
import type { Snapshot } from './snapshot.ts';
import { watchesAreRefused } from './watch-limit.ts';

/** A pattern below a folder, and what has to be looked at again when it changes. */
interface Watched {
  readonly folder: string;
  readonly pattern: string;
  readonly scope: Scope;
}

/** Whether changes are noticed by themselves. */
export interface Watching extends Disposable {
  readonly state: 'watching' | 'refused';
  readonly onDidChange: (listener: (state: Watching['state']) => void) => Disposable;
}

/** As many entries of one folder as are compared one by one. */
const MOST_ENTRIES = 200;
/** As many files as are compared one by one altogether: the editor waits meanwhile. */
const MOST_COMPARED = 1_000;
/** As many files as are remembered by what they were when a watcher told of them. */
const MOST_STAMPS = 10_000;

/**
 * Watches what the snapshot was made from, and nothing else: single files and small folders, because a recursive
 * watcher over a data set or a year of training runs can use up the machine's watches.
 */
export function watchInputs(
  state: SignoffState,
  folders: () => readonly string[],
  systemRefuses = watchesAreRefused,
): Watching {
  const store = new DisposableStore();
  const listeners = new Listeners<Watching['state']>();
  let watching: Watching['state'] = 'watching';
  const stamps = new Map<string, string>();
  let seen: ReadonlyMap<string, string> | undefined;
  const watchers = new Map<string, Disposable>();
  const follow = (snapshot: Snapshot): void => {
    const wanted = new Map(wantedWatches(snapshot, folders()).map((item) => [JSON.stringify(item), item]));
    // One that is still wanted stays as it is: what changes while it is made anew would be missed.
    for (const [key, watcher] of watchers) {
      if (wanted.has(key)) continue;
      watcher.dispose();
      watchers.delete(key);
    }
    const added = [...wanted].filter(([key]) => !watchers.has(key));
    for (const [key, item] of added) watchers.set(key, watch(item, state, stamps));
    if (added.length > 0 || watching === 'refused') tryOut(wanted);
    if (snapshot.activity !== 'idle') return;
    seen = stampsOf([...wanted.values()]);
  };
  const tryOut = (wanted: ReadonlyMap<string, Watched>): void => {
    const folders = [...wanted.values()].map(({ folder }) => folder);
    const now = systemRefuses([...new Set(folders)]) ? 'refused' : 'watching';
    if (now === watching) return;
    // VS Code does not try again what was refused.
    if (now === 'watching') watchAnew(wanted);
    watching = now;
    listeners.tell(now);
  };
  const watchAnew = (wanted: ReadonlyMap<string, Watched>): void => {
    for (const [key, item] of wanted) {
      watchers.get(key)?.dispose();
      watchers.set(key, watch(item, state, stamps));
    }
  };
  /** For what no watcher tells, such as files on a network drive: some `stat`s, and a look only where one differs. */
  const compare = (): void => {
    const wanted = wantedWatches(state.snapshot, folders());
    const now = stampsOf(wanted);
    const different = (item: Watched): boolean =>
      seen !== undefined && pathsOf(item).some((path) => seen?.get(path) !== now.get(path));
    const changed = wanted.filter(different);
    if (changed.length === 0) return;
    // What was not told of may not be all that changed.
    state.schedule(changed.every(({ scope }) => scope === 'approvals') ? 'approvals' : 'everything');
  };
  store.add(state.onDidChange(follow));
  store.add(
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) compare();
    }),
  );
  store.add(vscode.workspace.onDidSaveTextDocument(compare));
  store.add({
    dispose: () => {
      for (const watcher of watchers.values()) watcher.dispose();
    },
  });
  return {
    get state() {
      return watching;
    },
    onDidChange: listeners.add,
    dispose: () => store.dispose(),
  };
}

function wantedWatches(snapshot: Snapshot, folders: readonly string[]): readonly Watched[] {
  const { policyFile } = snapshot;
  // Without a policy, wait for one where it would be found.
  if (policyFile === undefined) {
    return folders.map((folder) => ({
      folder,
      pattern: `{${POLICY_FILE_NAME},*/${POLICY_FILE_NAME}}`,
      scope: 'everything',
    }));
  }
  const policy = fileWatch(policyFile, 'everything');
  const inputs = snapshot.watched.filter((path) => path !== policyFile).map((path) => fileWatch(path, 'changes'));
  const inFolders = snapshot.watchedFolders.map((folder): Watched => ({ folder, pattern: '*', scope: 'changes' }));
  const approvals = (snapshot.approvals?.watched ?? []).map((path) => fileWatch(path, 'approvals'));
  const signoffFolder: Watched = { folder: join(dirname(policyFile), '.signoff'), pattern: '**', scope: 'approvals' };
  return snapshot.trust === 'trusted'
    ? [policy, ...inputs, ...inFolders, ...approvals, signoffFolder]
    : [policy, ...inputs, ...inFolders];
}

function fileWatch(path: string, scope: Scope): Watched {
  return { folder: dirname(path), pattern: basename(path), scope };
}

function watch({ folder, pattern, scope }: Watched, state: SignoffState, stamps: Map<string, string>): Disposable {
  const store = new DisposableStore();
  const uri = vscode.Uri.file(folder);
  const watcher = store.add(vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(uri, pattern)));
  const changed = ({ fsPath }: vscode.Uri): void => {
    const stamp = stampOf(fsPath);
    if (stamps.get(fsPath) === stamp) return;
    if (stamps.size >= MOST_STAMPS) stamps.clear();
    stamps.set(fsPath, stamp);
    state.schedule(scope, [fsPath]);
  };
  store.add(watcher.onDidChange(changed));
  store.add(watcher.onDidCreate(changed));
  store.add(watcher.onDidDelete(changed));
  return store;
}

/** The files that a watch is about, as far as one look into its folder tells. */
function pathsOf({ folder, pattern }: Watched): readonly string[] {
  if (pattern !== '*') return /[{*]/.test(pattern) ? [] : [join(folder, pattern)];
  // The folder itself tells of an entry that came or went.
  return [folder, ...entriesOf(folder)];
}

function entriesOf(folder: string): readonly string[] {
  const paths: string[] = [];
  try {
    const opened = opendirSync(folder, { bufferSize: MOST_ENTRIES });
    try {
      for (let entry = opened.readSync(); entry && paths.length < MOST_ENTRIES; entry = opened.readSync()) {
        paths.push(join(folder, entry.name));
      }
    } finally {
      opened.closeSync();
    }
  } catch {
    // It is gone, or not ours to read; then there is nothing to compare.
  }
  return paths;
}

function stampsOf(watches: readonly Watched[]): ReadonlyMap<string, string> {
  const stamps = new Map<string, string>();
  for (const path of watches.flatMap(pathsOf)) {
    if (stamps.size >= MOST_COMPARED) break;
    stamps.set(path, stampOf(path));
  }
  return stamps;
}

/**
 * What tells two states of a file apart. An empty file counts as none: SQLite makes and removes empty side files
 * whenever a database is read, and each look would bring about the next.
 */
function stampOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined || stats.size === 0 ? 'nothing' : `${stats.mtimeMs}/${stats.size}`;
}
