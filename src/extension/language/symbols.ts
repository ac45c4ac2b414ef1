import * as vscode from 'vscode';
import type { PolicySymbol, SymbolKind } from '../../policy/language/symbols.ts';
import { visible } from '../visible-text.ts';
import { rangeIn } from './places.ts';
import type { LanguageSession } from './session.ts';
import { yamlNeighbourOf } from './yaml-neighbour.ts';

const KINDS: Readonly<Record<SymbolKind, vscode.SymbolKind>> = {
  section: vscode.SymbolKind.Namespace,
  dataset: vscode.SymbolKind.Struct,
  group: vscode.SymbolKind.Field,
  check: vscode.SymbolKind.Boolean,
  role: vscode.SymbolKind.Interface,
  environment: vscode.SymbolKind.Module,
  entry: vscode.SymbolKind.Property,
};

export function symbolProvider(session: LanguageSession): vscode.DocumentSymbolProvider {
  return {
    async provideDocumentSymbols(document, token) {
      // Two outlines of one file would stand below each other.
      if (yamlNeighbourOf(document).outlines) return undefined;
      const found = await session.ask('symbols', document, undefined, token);
      return found?.map((symbol) => symbolIn(document, symbol));
    },
  };
}

function symbolIn(document: vscode.TextDocument, symbol: PolicySymbol): vscode.DocumentSymbol {
  const selection = rangeIn(document, symbol.selection);
  const found = new vscode.DocumentSymbol(
    visible(symbol.name),
    visible(symbol.detail),
    KINDS[symbol.kind],
    // VS Code refuses a name that does not lie within its range.
    rangeIn(document, symbol.range).union(selection),
    selection,
  );
  found.children = symbol.children.map((child) => symbolIn(document, child));
  return found;
}
