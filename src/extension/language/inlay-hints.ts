import * as vscode from 'vscode';
import { SETTINGS } from '../ids.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import { visible, visibleUpTo } from '../visible-text.ts';
import { textRangeIn } from './places.ts';
import { policySelector } from './policy-files.ts';
import type { LanguageSession } from './session.ts';

const LONGEST_TOOLTIP = 600;

/** The actual value beside each bound, where the setting wants it. */
export function provideInlayValues(session: LanguageSession): Disposable {
  const store = new DisposableStore();
  const changes = store.add(new vscode.EventEmitter<void>());
  store.add(session.onDidChange(() => changes.fire()));
  store.add(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTINGS.inlayValues)) changes.fire();
    }),
  );
  store.add(
    vscode.languages.registerInlayHintsProvider(policySelector(), {
      onDidChangeInlayHints: changes.event,
      async provideInlayHints(document, range, token) {
        const wanted = vscode.workspace.getConfiguration(undefined, document.uri).get<boolean>(SETTINGS.inlayValues);
        if (wanted === false) return [];
        const found = await session.ask('inlayValues', document, textRangeIn(document, range), token);
        return (found ?? []).map(({ offset, label, tooltip }) => {
          const hint = new vscode.InlayHint(document.positionAt(offset), visible(label));
          hint.paddingLeft = true;
          hint.tooltip = tooltip
            .split('\n')
            .map((line) => visibleUpTo(LONGEST_TOOLTIP, line))
            .join('\n');
          return hint;
        });
      },
    }),
  );
  return store;
}
