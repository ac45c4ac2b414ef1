import * as vscode from 'vscode';
import type { Lens } from './lens.ts';

/** Makes VS Code's lenses of ours. `onDidChange` tells when they may be others. */
export function lensProvider(
  onDidChange: (listener: () => void) => vscode.Disposable,
  lensesOf: (
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ) => readonly Lens[] | Promise<readonly Lens[]>,
): vscode.CodeLensProvider {
  return {
    onDidChangeCodeLenses: (listener, self) => onDidChange(() => listener.call(self)),
    async provideCodeLenses(document, token) {
      const lenses = await lensesOf(document, token);
      return lenses.map((lens) => shown(document, lens));
    },
  };
}

function shown(document: vscode.TextDocument, { offset, words, tooltip, command }: Lens): vscode.CodeLens {
  const place = document.positionAt(offset);
  return new vscode.CodeLens(new vscode.Range(place, place), {
    title: words,
    // Words without a command are only read.
    command: command?.id ?? '',
    arguments: [...(command?.arguments ?? [])],
    ...(tooltip === undefined ? {} : { tooltip }),
  });
}
