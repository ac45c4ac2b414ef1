import { statSync } from 'node:fs';
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

/**
 * Watches what the snapshot was made from, and nothing else: single files and small folders, because a recursive
 * watcher over a data set or a year of training runs can use up the machine's watches.
 */
export function watchInputs(state: SignoffState, folders: () => readonly string[]): Disposable {
  const store = new DisposableStore();
  const stamps = new Map<string, string>();
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
  };
  store.add(state.onDidChange(follow));
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
  const approvals = (snapshot.approvals?.watched ?? []).map((path) => fileWatch(path, 'approvals'));
  const signoffFolder: Watched = { folder: join(dirname(policyFile), '.signoff'), pattern: '**', scope: 'approvals' };
  return snapshot.trust === 'trusted' ? [...everything, ...approvals, signoffFolder] : everything;
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

/**
 * What tells two states of a file apart. An empty file counts as none: SQLite makes and removes empty side files
 * whenever a database is read, and each look would bring about the next.
 */
function stampOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined || stats.size === 0 ? 'nothing' : `${stats.mtimeMs}/${stats.size}`;
}
