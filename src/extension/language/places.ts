import * as vscode from 'vscode';
import type { TextRange } from '../../policy/language/policy-document.ts';
import type { TextVersion } from './language-client.ts';

/** Offsets of a text as the editor's own positions, and back. */
export function rangeIn(document: vscode.TextDocument, { offset, length }: TextRange): vscode.Range {
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
}

export function textRangeIn(document: vscode.TextDocument, range: vscode.Range): TextRange {
  const offset = document.offsetAt(range.start);
  return { offset, length: document.offsetAt(range.end) - offset };
}

export function versionOf({ uri, version }: vscode.TextDocument): TextVersion {
  return { uri: uri.toString(), version };
}

/** A place in a file at a line that counts from 1; its start where no line is known. */
export function locationOf(file: string, line = 1): vscode.Location {
  return new vscode.Location(vscode.Uri.file(file), new vscode.Position(line - 1, 0));
}

export function signalOf(token: vscode.CancellationToken): AbortSignal {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  else token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
