import * as vscode from 'vscode';
import { CONTAINER, VIEWS } from '../ids.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import type { SignoffState } from '../state/signoff-state.ts';
import { t } from '../translation.ts';
import { statusText } from './status-text.ts';

/** The one item in the status bar: the verdict, and the way to the checklist. */
export function createStatusBar(state: SignoffState): Disposable {
  const store = new DisposableStore();
  const item = store.add(vscode.window.createStatusBarItem(`${CONTAINER}.verdict`, vscode.StatusBarAlignment.Left, 0));
  item.name = t('Model Signoff verdict');
  item.command = `${VIEWS.checklist}.focus`;
  const show = (): void => {
    const status = statusText(state.snapshot);
    if (status === undefined) {
      item.hide();
      return;
    }
    item.text = status.text;
    item.tooltip = status.tooltip;
    item.accessibilityInformation = { label: status.spoken };
    item.show();
  };
  store.add(state.onDidChange(show));
  show();
  return store;
}
