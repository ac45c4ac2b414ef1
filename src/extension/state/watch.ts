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
  let watched = '';
  let watchers = new DisposableStore();
  const follow = (snapshot: Snapshot): void => {
    const wanted = wantedWatches(snapshot, folders());
    const description = JSON.stringify(wanted);
    if (description === watched) return;
    watched = description;
    watchers.dispose();
    watchers = new DisposableStore();
    for (const item of wanted) watchers.add(watch(item, state));
  };
  store.add(state.onDidChange(follow));
  store.add({ dispose: () => watchers.dispose() });
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

function watch({ folder, pattern, scope }: Watched, state: SignoffState): Disposable {
  const store = new DisposableStore();
  const watcher = store.add(
    vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(folder), pattern)),
  );
  const changed = (): void => state.schedule(scope);
  store.add(watcher.onDidChange(changed));
  store.add(watcher.onDidCreate(changed));
  store.add(watcher.onDidDelete(changed));
  return store;
}
