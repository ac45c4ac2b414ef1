import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { PANEL_TYPE } from '../ids.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import type { FromPanel, PanelDocument, ToPanel } from '../protocol.ts';
import { panelPage } from './panel-page.ts';

const NONCE_BYTES = 16;

export interface PanelServices {
  readonly extensionUri: vscode.Uri;
  /** What the panel asked for; already known to be well-formed. */
  readonly onWish: (wish: Exclude<FromPanel, { type: 'ready' }>) => void;
}

/** One webview panel that shows a document. A hidden panel loses its page, so the newest document is kept for its return. */
export class DocumentPanel implements Disposable {
  readonly #store = new DisposableStore();
  readonly #panel: vscode.WebviewPanel;
  #document: PanelDocument;

  constructor(services: PanelServices, document: PanelDocument, onClosed: () => void) {
    this.#document = document;
    const media = vscode.Uri.joinPath(services.extensionUri, 'dist', 'webview');
    this.#panel = this.#store.add(
      vscode.window.createWebviewPanel(PANEL_TYPE, document.title, vscode.ViewColumn.Active, {
        enableScripts: true,
        localResourceRoots: [media],
      }),
    );
    const { webview } = this.#panel;
    this.#store.add(this.#panel.onDidDispose(onClosed));
    this.#store.add(webview.onDidReceiveMessage((message: unknown) => void this.#receive(message, services)));
    webview.html = panelPage({
      scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(media, 'document.js')).toString(),
      styleUri: webview.asWebviewUri(vscode.Uri.joinPath(media, 'document.css')).toString(),
      cspSource: webview.cspSource,
      nonce: randomBytes(NONCE_BYTES).toString('base64'),
      language: vscode.env.language,
      title: document.title,
    });
  }

  show(document: PanelDocument): void {
    this.#document = document;
    this.#panel.title = document.title;
    this.#send();
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #receive(message: unknown, services: PanelServices): Promise<void> {
    // The validator is a library that activation need not load.
    const { readPanelMessage } = await import('./read-message.ts');
    const wish = readPanelMessage(message);
    if (wish === undefined) return;
    if (wish.type === 'ready') this.#send();
    else services.onWish(wish);
  }

  #send(): void {
    const message: ToPanel = { type: 'show', document: this.#document };
    void this.#panel.webview.postMessage(message);
  }
}
