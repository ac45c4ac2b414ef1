import * as vscode from 'vscode';
import type { CompletionItem, CompletionKind } from '../../policy/language/completion/completion-item.ts';
import { visible } from '../visible-text.ts';
import { markdownOf } from './markdown.ts';
import { rangeIn } from './places.ts';
import type { LanguageSession } from './session.ts';
import { yamlNeighbourOf } from './yaml-neighbour.ts';

/** What a person types when something could follow at once. */
export const COMPLETION_TRIGGERS = [' ', ':', '[', '{', ',', '-', '"'];

const KINDS: Readonly<Record<CompletionKind, vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  kind: vscode.CompletionItemKind.Class,
  word: vscode.CompletionItemKind.EnumMember,
  metric: vscode.CompletionItemKind.Function,
  'logged metric': vscode.CompletionItemKind.Variable,
  column: vscode.CompletionItemKind.Field,
  value: vscode.CompletionItemKind.Value,
  name: vscode.CompletionItemKind.Reference,
  person: vscode.CompletionItemKind.User,
  run: vscode.CompletionItemKind.Event,
  file: vscode.CompletionItemKind.File,
  check: vscode.CompletionItemKind.Snippet,
};

export function completionProvider(session: LanguageSession): vscode.CompletionItemProvider {
  return {
    async provideCompletionItems(document, position, token) {
      const offset = document.offsetAt(position);
      const neighbour = yamlNeighbourOf(document).completes ? 'completes the schema' : 'none';
      const found = await session.ask('completion', document, { offset, neighbour }, token);
      if (found === undefined) return undefined;
      const replacing = rangeIn(document, found.range);
      // A word that spans lines can't be replaced by a completion.
      if (!replacing.isSingleLine || replacing.start.line !== position.line) return undefined;
      const inserting = new vscode.Range(replacing.start, position);
      const typed = document.getText(inserting);
      return found.items.map((item) => itemOf(item, { inserting, replacing }, typed));
    },
  };
}

function itemOf(
  item: CompletionItem,
  range: { readonly inserting: vscode.Range; readonly replacing: vscode.Range },
  typed: string,
): vscode.CompletionItem {
  const detail = item.detail === undefined ? {} : { description: visible(item.detail) };
  const completion = new vscode.CompletionItem({ label: visible(item.label), ...detail }, KINDS[item.kind]);
  completion.insertText = item.insertAs === 'snippet' ? new vscode.SnippetString(item.insert) : item.insert;
  completion.range = range;
  completion.sortText = String(item.rank).padStart(5, '0');
  // A quote that was typed already is part of the word.
  completion.filterText = /^["']/.test(typed) ? `${typed.charAt(0)}${item.label}` : item.label;
  // Lines of a check come indented as they must be.
  completion.keepWhitespace = true;
  if (item.documentation !== undefined) completion.documentation = markdownOf([item.documentation]);
  if (item.afterwards !== undefined) {
    completion.command = { command: 'editor.action.triggerSuggest', title: '' };
  }
  return completion;
}
