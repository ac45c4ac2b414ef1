import * as vscode from 'vscode';
import { CONTEXT_KEYS } from '../ids.ts';
import type { Disposable } from '../lifecycle.ts';
import type { SignoffState } from './signoff-state.ts';

/**
 * Keeps the keys that welcome views and menus choose by. They change only when a look is over, so that no welcome
 * flashes up while the answer is still on its way.
 */
export function keepContextKeys(state: SignoffState): Disposable {
  return state.onDidChange(({ policySearch, activity, runs }) => {
    if (policySearch === 'unknown' || activity === 'checking') return;
    setContext(CONTEXT_KEYS.hasPolicy, policySearch === 'found');
    setContext(CONTEXT_KEYS.hasRun, runs.length > 0);
  });
}

function setContext(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
