import * as vscode from 'vscode';
import { CONTEXT_KEYS } from '../ids.ts';
import type { Disposable } from '../lifecycle.ts';
import type { SignoffState } from './signoff-state.ts';

/** Keeps the keys that welcome views and menus choose by. Until the first look is over none is set, so no welcome flashes up. */
export function keepContextKeys(state: SignoffState): Disposable {
  return state.onDidChange(({ policySearch, runs }) => {
    if (policySearch === 'unknown') return;
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.hasPolicy, policySearch === 'found');
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.hasRun, runs.length > 0);
  });
}
