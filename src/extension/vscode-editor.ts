import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { freeName } from '../base/free-name.ts';
import type { Editor } from './commands/command.ts';
import type { ReadOnlyTexts } from './read-only-texts.ts';

/** What commands need of VS Code's window, as VS Code does it. */
export function vscodeEditor(log: vscode.LogOutputChannel, texts: ReadOnlyTexts): Editor {
  return {
    openFile: async (path, place) => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
      const editor = await vscode.window.showTextDocument(document, { preview: true });
      if (place === undefined) return;
      const start = document.positionAt(place.offset);
      const range = new vscode.Range(start, document.positionAt(place.offset + place.length));
      editor.selection = new vscode.Selection(range.start, range.end);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    },
    openInViewer: async (path) => {
      await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path));
    },
    openDraft: async (path, text) => {
      const free = freeName(path, (each) => existsSync(each) || draftSays(each) !== undefined);
      const isThere = existsSync(path);
      if (isThere) await vscode.window.showTextDocument(vscode.Uri.file(path), { preview: false });
      const document = await vscode.workspace.openTextDocument(draftUri(free));
      const viewColumn = isThere ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
      const editor = await vscode.window.showTextDocument(document, { preview: false, viewColumn });
      const everything = new vscode.Range(0, 0, editor.document.lineCount, 0);
      await editor.edit((edit) => edit.replace(everything, text));
      // A reader begins at the beginning, not where the typing ended.
      const start = new vscode.Position(0, 0);
      editor.selection = new vscode.Selection(start, start);
      editor.revealRange(new vscode.Range(start, start));
      return free;
    },
    openReadOnly: (title, text) => texts.show(title, text),
    showView: async (view) => {
      await vscode.commands.executeCommand(`${view}.focus`);
    },
    revealFolder: async (path) => {
      const uri = vscode.Uri.file(path);
      const isInside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
      await vscode.commands.executeCommand(isInside ? 'revealInExplorer' : 'revealFileInOS', uri);
    },
    activeFile: () => {
      const uri = vscode.window.activeTextEditor?.document.uri;
      return uri?.scheme === 'file' ? uri.fsPath : undefined;
    },
    readText: async (path) => (await vscode.workspace.openTextDocument(vscode.Uri.file(path))).getText(),
    openExternal: async (url) => {
      if (/^https?:\/\//i.test(url)) await vscode.env.openExternal(vscode.Uri.parse(url, true));
    },
    runCommand: async (id) => {
      await vscode.commands.executeCommand(id);
    },
    showLog: () => log.show(),
    setting: (name) => vscode.workspace.getConfiguration().get(name),
    folders: () => workspaceFolders(),
    trust: () => (vscode.workspace.isTrusted ? 'trusted' : 'untrusted'),
  };
}

function draftUri(path: string): vscode.Uri {
  return vscode.Uri.file(path).with({ scheme: 'untitled' });
}

/** What somebody may have typed into a draft of that name; undefined where none is open, or nothing stands in it. */
function draftSays(path: string): string | undefined {
  const uri = draftUri(path).toString();
  return vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri)?.getText() || undefined;
}

/** Folders on disk; others can't hold a database that SQLite reads. */
export function workspaceFolders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter((folder) => folder.uri.scheme === 'file')
    .map((folder) => folder.uri.fsPath);
}
