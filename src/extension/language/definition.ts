import type * as vscode from 'vscode';
import type { Target } from '../../policy/language/definitions.ts';
import { locationOf, rangeIn } from './places.ts';
import type { LanguageSession } from './session.ts';

export function definitionProvider(session: LanguageSession): vscode.DefinitionProvider {
  return {
    async provideDefinition(document, position, token) {
      const found = await session.ask('definition', document, document.offsetAt(position), token);
      return found?.targets.map((target) => linkTo(document, target, rangeIn(document, found.origin)));
    },
  };
}

function linkTo(
  document: vscode.TextDocument,
  target: Target,
  originSelectionRange: vscode.Range,
): vscode.LocationLink {
  if ('range' in target) {
    return { originSelectionRange, targetUri: document.uri, targetRange: rangeIn(document, target.range) };
  }
  const { uri, range } = locationOf(target.file, target.line);
  return { originSelectionRange, targetUri: uri, targetRange: range };
}
