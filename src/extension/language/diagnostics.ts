import * as vscode from 'vscode';
import type { Diagnostic, Related } from '../../policy/language/diagnostics/diagnostic.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import { visibleUpTo } from '../visible-text.ts';
import { isFoundBySchema } from './found-by-neighbour.ts';
import { locationOf, rangeIn } from './places.ts';
import { openPolicies } from './policy-files.ts';
import type { LanguageSession } from './session.ts';
import { onDidChangeYamlNeighbour, yamlNeighbourOf } from './yaml-neighbour.ts';

export const DIAGNOSTIC_SOURCE = 'Model Signoff';

const SEVERITIES: Readonly<Record<Diagnostic['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

const LONGEST_MESSAGE = 1_000;

/** Keeps the remarks about every open policy under its text, and takes them away with it. */
export function showDiagnostics(session: LanguageSession): Disposable {
  const store = new DisposableStore();
  const collection = store.add(vscode.languages.createDiagnosticCollection('modelSignoff'));
  const show = async (document: vscode.TextDocument): Promise<void> => {
    const found = await session.ask('diagnostics', document, undefined);
    // What was superseded is followed by a newer answer; a text that was closed since must not come back.
    if (found === undefined || document.isClosed) return;
    const neighbour = yamlNeighbourOf(document);
    const shown = neighbour.validates ? found.filter((each) => !isFoundBySchema(each)) : found;
    collection.set(
      document.uri,
      shown.map((each) => diagnosticIn(document, each)),
    );
  };
  store.add(session.onDidChange((document) => void show(document)));
  store.add(session.onDidClose(({ uri }) => collection.delete(uri)));
  store.add(onDidChangeYamlNeighbour(() => openPolicies().forEach((document) => void show(document))));
  for (const document of openPolicies()) void show(document);
  return store;
}

function diagnosticIn(document: vscode.TextDocument, { range, message, severity, code, related }: Diagnostic) {
  const diagnostic = new vscode.Diagnostic(
    rangeIn(document, range),
    visibleUpTo(LONGEST_MESSAGE, message),
    SEVERITIES[severity],
  );
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = code;
  diagnostic.relatedInformation = (related ?? []).map((each) => relatedIn(document, each));
  return diagnostic;
}

function relatedIn(document: vscode.TextDocument, { message, at }: Related): vscode.DiagnosticRelatedInformation {
  const location =
    'range' in at ? new vscode.Location(document.uri, rangeIn(document, at.range)) : locationOf(at.file, at.line);
  return new vscode.DiagnosticRelatedInformation(location, message);
}
