import * as vscode from 'vscode';
import type { Disposable } from '../lifecycle.ts';
import { DisposableStore } from '../lifecycle.ts';
import { Listeners } from '../listeners.ts';
import type { LanguageClient } from './language-client.ts';
import type { Answer, QuestionInput } from './language-protocol.ts';
import { signalOf, versionOf } from './places.ts';
import { isPolicyFile, openPolicies } from './policy-files.ts';
import type { QuestionName } from './questions.ts';

/** The policies that are open, kept in step with the thread that understands them. Every provider asks here. */
export class LanguageSession implements Disposable {
  readonly #client: LanguageClient;
  readonly #store = new DisposableStore();
  readonly #changes = new Listeners<vscode.TextDocument>();
  readonly #closings = new Listeners<vscode.TextDocument>();

  constructor(client: LanguageClient) {
    this.#client = client;
    const { workspace } = vscode;
    this.#store.add(workspace.onDidOpenTextDocument((document) => this.#changed(document)));
    this.#store.add(workspace.onDidChangeTextDocument(({ document }) => this.#changed(document)));
    this.#store.add(workspace.onDidCloseTextDocument((document) => this.#closed(document)));
    for (const document of openPolicies()) this.#changed(document);
  }

  /** A policy was opened or typed in, or what is known about it has changed. */
  readonly onDidChange = this.#changes.add;
  readonly onDidClose = this.#closings.add;

  /** Undefined where the answer would be about a text that is no longer there. */
  async ask<Name extends QuestionName>(
    question: Name,
    document: vscode.TextDocument,
    input: QuestionInput<Name>,
    token?: vscode.CancellationToken,
  ): Promise<Answer<Name> | undefined> {
    if (!isPolicyFile(document)) return undefined;
    const text = versionOf(document);
    this.#client.setText(text, document.getText());
    return this.#client.ask(question, text, input, token && signalOf(token));
  }

  /** Something beside the text has changed that answers depend on. */
  renew(document: vscode.TextDocument): void {
    this.#changes.tell(document);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #changed(document: vscode.TextDocument): void {
    if (!isPolicyFile(document)) return;
    this.#client.setText(versionOf(document), document.getText());
    this.#changes.tell(document);
  }

  #closed(document: vscode.TextDocument): void {
    this.#client.close(document.uri.toString());
    this.#closings.tell(document);
  }
}
