import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { POLICY_FILE_NAME } from '../ids.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import type { Scope, SignoffState } from './signoff-state.ts';
import type { Snapshot } from './snapshot.ts';

/** A pattern below a folder, and what has to be looked at again when it changes. */
interface Watched {
  readonly folder: string;
  readonly pattern: string;
  readonly scope: Scope;
}

/** As many entries of one folder as are compared one by one. */
const MOST_ENTRIES = 200;

/**
 * Watches what the snapshot was made from, and nothing else: single files and small folders, because a recursive
 * watcher over a data set or a year of training runs can use up the machine's watches.
 */
export function watchInputs(state: SignoffState, folders: () => readonly string[]): Disposable {
  const store = new DisposableStore();
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
    for (const [key, item] of wanted) if (!watchers.has(key)) watchers.set(key, watch(item, state, stamps));
    if (snapshot.activity === 'checking') return;
    seen = stampsOf([...wanted.values()]);
  };
  /** For what no watcher tells, such as files on a network drive: some `stat`s, and a look only where one differs. */
  const compare = (): void => {
    const wanted = wantedWatches(state.snapshot, folders());
    const now = stampsOf(wanted);
    const different = (item: Watched): boolean =>
      seen !== undefined && pathsOf(item).some((path) => seen?.get(path) !== now.get(path));
    const changed = wanted.filter(different);
    if (changed.length === 0) return;
    state.schedule(changed.some(({ scope }) => scope === 'everything') ? 'everything' : 'approvals');
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
  return store;
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
  const everything = [policyFile, ...snapshot.watched].map((path) => fileWatch(path, 'everything'));
  const inFolders = snapshot.watchedFolders.map((folder): Watched => ({ folder, pattern: '*', scope: 'everything' }));
  const approvals = (snapshot.approvals?.watched ?? []).map((path) => fileWatch(path, 'approvals'));
  const signoffFolder: Watched = { folder: join(dirname(policyFile), '.signoff'), pattern: '**', scope: 'approvals' };
  return snapshot.trust === 'trusted'
    ? [...everything, ...inFolders, ...approvals, signoffFolder]
    : [...everything, ...inFolders];
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
    stamps.set(fsPath, stamp);
    state.schedule(scope);
  };
  store.add(watcher.onDidChange(changed));
  store.add(watcher.onDidCreate(changed));
  store.add(watcher.onDidDelete(changed));
  return store;
}

/** The files that a watch is about, as far as one look into its folder tells. */
function pathsOf({ folder, pattern }: Watched): readonly string[] {
  if (pattern !== '*') return /[{*]/.test(pattern) ? [] : [join(folder, pattern)];
  try {
    // The folder itself tells of an entry that came or went.
    return [
      folder,
      ...readdirSync(folder)
        .slice(0, MOST_ENTRIES)
        .map((name) => join(folder, name)),
    ];
  } catch {
    return [folder];
  }
}

function stampsOf(watches: readonly Watched[]): ReadonlyMap<string, string> {
  return new Map(watches.flatMap(pathsOf).map((path) => [path, stampOf(path)]));
}

/**
 * What tells two states of a file apart. An empty file counts as none: SQLite makes and removes empty side files
 * whenever a database is read, and each look would bring about the next.
 */
function stampOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined || stats.size === 0 ? 'nothing' : `${stats.mtimeMs}/${stats.size}`;
}
