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
  readonly onWish: (wish: Wish) => void;
}

/** What a panel asks for that is not the panel's own business. */
export type Wish = Exclude<FromPanel, { type: 'ready' | 'copy' }>;

/** A document, and the texts that its pictures are copied as, by the pictures' ids. */
export interface PanelContent {
  readonly document: PanelDocument;
  readonly copies?: ReadonlyMap<string, string>;
}

/** One webview panel that shows a document. A hidden panel loses its page, so the newest document is kept for its return. */
export class DocumentPanel implements Disposable {
  readonly #store = new DisposableStore();
  readonly #panel: vscode.WebviewPanel;
  #content: PanelContent;

  constructor(services: PanelServices, content: PanelContent, onClosed: () => void) {
    this.#content = content;
    const { document } = content;
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

  show(content: PanelContent): void {
    this.#content = content;
    this.#panel.title = content.document.title;
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
    else if (wish.type === 'copy') await this.#copy(wish.picture);
    else services.onWish(wish);
  }

  async #copy(picture: string): Promise<void> {
    const text = this.#content.copies?.get(picture);
    if (text !== undefined) await vscode.env.clipboard.writeText(text);
  }

  #send(): void {
    const message: ToPanel = { type: 'show', document: this.#content.document };
    void this.#panel.webview.postMessage(message);
  }
}
