import * as vscode from 'vscode';
import type { SignoffState } from '../state/signoff-state.ts';
import { lensProvider } from './lens-provider.ts';
import { runLenses } from './run-lenses.ts';

/** As much as is looked at of a file's text: an `MLmodel` names its run within it. */
const HEAD = 4_096;

/** Files that a run may have left, by name; whether one is a run's, its path and the runs tell. */
export const RUN_FILES: vscode.DocumentSelector = [
  { scheme: 'file', pattern: '**/{MLmodel,meta.yaml,dvc.yaml,dvc.lock}' },
  { scheme: 'file', pattern: '**/metrics/*' },
  { scheme: 'file', pattern: '**/*.{json,yaml,yml,toml,csv,tsv,ndjson,jsonl}' },
];

export function runFileLensProvider(state: SignoffState): vscode.CodeLensProvider {
  return lensProvider(state.onDidChange, (document) => {
    const end = document.positionAt(HEAD);
    const head = document.getText(new vscode.Range(new vscode.Position(0, 0), end));
    return runLenses({ path: document.uri.fsPath, head }, state.snapshot);
  });
}
