import type * as vscode from 'vscode';
import type { Engine } from '../engine-client.ts';
import { signalOf } from '../language/places.ts';
import type { SignoffState } from '../state/signoff-state.ts';
import { lensProvider } from './lens-provider.ts';
import { statementLenses } from './statement-lenses.ts';

/** What people signed, beside any policy. */
export const SIGNED_FILES: vscode.DocumentSelector = {
  scheme: 'file',
  pattern: '**/.signoff/{approvals,assessments,releases}/**/*.json',
};

export function signedFileLensProvider(state: SignoffState, engine: Engine): vscode.CodeLensProvider {
  return lensProvider(state.onDidChange, async (document, token) => {
    const { policyFile, trust, approvals } = state.snapshot;
    const input = { text: document.getText(), policyFile, trust };
    const read = await engine.call('readSigned', input, { signal: signalOf(token) });
    return statementLenses({ path: document.uri.fsPath, read, approvals, now: Date.now() });
  });
}
