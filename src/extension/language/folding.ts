import * as vscode from 'vscode';
import type { LanguageSession } from './session.ts';

export function foldingProvider(session: LanguageSession): vscode.FoldingRangeProvider {
  return {
    async provideFoldingRanges(document, _, token) {
      const found = await session.ask('folds', document, undefined, token);
      return found?.map(
        ({ start, end, kind }) =>
          new vscode.FoldingRange(start, end, kind === 'comment' ? vscode.FoldingRangeKind.Comment : undefined),
      );
    },
  };
}
