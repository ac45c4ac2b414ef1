import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from './lifecycle.ts';

const SCHEME = 'model-signoff';
const LANGUAGE = 'model-signoff-text';

/** Texts that are shown in an editor and belong to no file. */
export class ReadOnlyTexts implements Disposable {
  readonly #store = new DisposableStore();
  readonly #texts = new Map<string, string>();
  readonly #changed = this.#store.add(new vscode.EventEmitter<vscode.Uri>());

  constructor() {
    this.#store.add(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#texts.get(uri.path),
      }),
    );
  }

  /** Shows the text under its title; a second text of that title takes the first one's place. */
  async show(title: string, text: string): Promise<{ close(): Promise<void> }> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${title}` });
    this.#texts.set(uri.path, text);
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    // The manifest sets what this language is for: lines that wrap.
    const wrapped = await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
    const shown = await vscode.window.showTextDocument(wrapped, { preview: true });
    const start = new vscode.Position(0, 0);
    shown.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.AtTop);
    return { close: () => closeTabsOf(uri) };
  }

  dispose(): void {
    this.#store.dispose();
  }
}

async function closeTabsOf(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const shows = ({ input }: vscode.Tab): boolean =>
    input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
  await vscode.window.tabGroups.close(tabs.filter(shows));
}
