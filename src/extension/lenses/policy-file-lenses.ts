import type * as vscode from 'vscode';
import type { LanguageSession } from '../language/session.ts';
import type { SignoffState } from '../state/signoff-state.ts';
import { lensProvider } from './lens-provider.ts';
import { policyLenses } from './policy-lenses.ts';

/** Lenses of the policy that is evaluated; another one that happens to be open has none. */
export function policyLensProvider(session: LanguageSession, state: SignoffState): vscode.CodeLensProvider {
  return lensProvider(state.onDidChange, async (document, token) => {
    if (document.uri.fsPath !== state.snapshot.policyFile) return [];
    const symbols = await session.ask('symbols', document, undefined, token);
    return symbols === undefined ? [] : policyLenses(symbols, state.snapshot);
  });
}
