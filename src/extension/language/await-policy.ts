import * as vscode from 'vscode';
import type { Disposable } from '../lifecycle.ts';
import { isPolicyFile, openPolicies } from './policy-files.ts';
import type { LanguageSurroundings } from './start.ts';

/** Loads what helps to write policies when the first one is open, so that nobody else waits for it. */
export function awaitFirstPolicy(surroundings: LanguageSurroundings): Disposable {
  let started: Disposable | undefined;
  let state: 'waiting' | 'loading' | 'disposed' = 'waiting';
  const start = async (): Promise<void> => {
    if (state !== 'waiting') return;
    state = 'loading';
    opening.dispose();
    try {
      const { startLanguage } = await import('./start.ts');
      const running = startLanguage(surroundings);
      if ((state as string) === 'disposed') running.dispose();
      else started = running;
    } catch (error) {
      surroundings.onFault(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  };
  const opening = vscode.workspace.onDidOpenTextDocument((document) => {
    if (isPolicyFile(document)) void start();
  });
  if (openPolicies().length > 0) setImmediate(() => void start());
  return {
    dispose: () => {
      state = 'disposed';
      opening.dispose();
      started?.dispose();
    },
  };
}
