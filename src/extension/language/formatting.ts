import * as vscode from 'vscode';
import { rangeIn } from './places.ts';
import type { LanguageSession } from './session.ts';
import { yamlNeighbourOf } from './yaml-neighbour.ts';

export function formattingProvider(session: LanguageSession): vscode.DocumentFormattingEditProvider {
  return {
    async provideDocumentFormattingEdits(document, _, token) {
      if (yamlNeighbourOf(document).formats) return undefined;
      const found = await session.ask('formatting', document, undefined, token);
      return found?.map((edit) => new vscode.TextEdit(rangeIn(document, edit), edit.text));
    },
  };
}
