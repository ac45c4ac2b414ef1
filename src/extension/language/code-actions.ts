import * as vscode from 'vscode';
import type { CodeAction } from '../../policy/language/actions/code-action.ts';
import { COMMANDS } from '../ids.ts';
import { visible } from '../visible-text.ts';
import { DIAGNOSTIC_SOURCE } from './diagnostics.ts';
import { rangeIn, textRangeIn } from './places.ts';
import type { LanguageSession } from './session.ts';

const FLOWS = { waive: COMMANDS.waive, accept: COMMANDS.signOff, attest: COMMANDS.attest } as const;

export const CODE_ACTION_KINDS = [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.RefactorRewrite];

export function codeActionProvider(session: LanguageSession): vscode.CodeActionProvider {
  return {
    async provideCodeActions(document, range, context, token) {
      const found = await session.ask('codeActions', document, textRangeIn(document, range), token);
      return (found ?? [])
        .map((action) => actionIn(document, action, context.diagnostics))
        .filter(({ kind }) => context.only === undefined || (kind !== undefined && context.only.contains(kind)));
    },
  };
}

function actionIn(
  document: vscode.TextDocument,
  { title, kind, edits, start, fixes, preference }: CodeAction,
  shown: readonly vscode.Diagnostic[],
): vscode.CodeAction {
  const action = new vscode.CodeAction(
    visible(title),
    kind === 'fix' ? vscode.CodeActionKind.QuickFix : vscode.CodeActionKind.RefactorRewrite,
  );
  action.isPreferred = preference === 'preferred';
  if (edits.length > 0) {
    action.edit = new vscode.WorkspaceEdit();
    const changes = edits.map((edit) => {
      const range = rangeIn(document, edit);
      return edit.as === 'snippet'
        ? new vscode.SnippetTextEdit(range, new vscode.SnippetString(edit.text))
        : new vscode.TextEdit(range, edit.text);
    });
    action.edit.set(document.uri, changes);
  }
  // Commands know a check by the node that the checklist has for it.
  if (start !== undefined) {
    action.command = { command: FLOWS[start.flow], title: visible(title), arguments: [{ id: `check/${start.check}` }] };
  }
  if (fixes !== undefined) {
    const range = rangeIn(document, fixes.range);
    action.diagnostics = shown.filter(
      (each) => each.source === DIAGNOSTIC_SOURCE && each.code === fixes.code && each.range.isEqual(range),
    );
  }
  return action;
}
