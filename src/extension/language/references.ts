import * as vscode from 'vscode';
import { rangeIn } from './places.ts';
import type { LanguageSession } from './session.ts';

export function referenceProvider(session: LanguageSession): vscode.ReferenceProvider {
  return {
    async provideReferences(document, position, { includeDeclaration }, token) {
      const declaration = includeDeclaration ? 'with the declaration' : 'uses only';
      const offset = document.offsetAt(position);
      const found = await session.ask('references', document, { offset, declaration }, token);
      return found?.map((range) => new vscode.Location(document.uri, rangeIn(document, range)));
    },
  };
}
