import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from './lifecycle.ts';

const SCHEME = 'model-signoff';

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
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
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
