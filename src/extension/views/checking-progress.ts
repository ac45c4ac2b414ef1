import * as vscode from 'vscode';
import { VIEWS } from '../ids.ts';
import type { Disposable } from '../lifecycle.ts';
import type { SignoffState } from '../state/signoff-state.ts';

/** The thin bar above the checklist while it is being evaluated. */
export function showCheckingProgress(state: SignoffState): Disposable {
  let finish: (() => void) | undefined;
  const subscription = state.onDidChange(({ activity }) => {
    if (activity === 'idle') {
      finish?.();
      finish = undefined;
      return;
    }
    if (finish !== undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    finish = resolve;
    void vscode.window.withProgress({ location: { viewId: VIEWS.checklist } }, () => promise);
  });
  return {
    dispose: () => {
      subscription.dispose();
      finish?.();
    },
  };
}
