import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { PANEL_TYPE } from '../ids.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import type { FromPanel, KeptPanel, PanelDocument, ToPanel } from '../protocol.ts';
import { panelPage } from './panel-page.ts';

const NONCE_BYTES = 16;

export interface PanelServices {
  readonly extensionUri: vscode.Uri;
  /** What the panel asked for; already known to be well-formed. */
  readonly onWish: (wish: Wish) => void;
  /** Something went wrong that is no answer to anybody. */
  readonly onFault: (error: unknown) => void;
}

/** What a panel asks for that is not the panel's own business. */
export type Wish = Exclude<FromPanel, { type: 'ready' | 'copy' }>;

/** A document, and the texts that its pictures are copied as, by the pictures' ids. */
export interface PanelContent {
  readonly document: PanelDocument;
  readonly copies?: ReadonlyMap<string, string>;
}

/** Makes a panel in front; `keep` leaves the keyboard where it is. */
export function createPanel(title: string, focus: 'take' | 'keep'): vscode.WebviewPanel {
  const place = { viewColumn: vscode.ViewColumn.Active, preserveFocus: focus === 'keep' };
  return vscode.window.createWebviewPanel(PANEL_TYPE, title, place, { enableFindWidget: true });
}

/** One webview panel that shows a document. A hidden panel loses its page, so the newest document is kept for its return. */
export class DocumentPanel implements Disposable {
  readonly #store = new DisposableStore();
  readonly #panel: vscode.WebviewPanel;
  #content: PanelContent;
  #kept: KeptPanel;
  #notice = '';

  /** Takes over a panel that was just made, or that was there before the window was loaded anew. */
  constructor(
    services: PanelServices,
    panel: vscode.WebviewPanel,
    { content, kept }: { readonly content: PanelContent; readonly kept: KeptPanel },
    onClosed: () => void,
  ) {
    this.#content = content;
    this.#kept = kept;
    this.#panel = this.#store.add(panel);
    const media = vscode.Uri.joinPath(services.extensionUri, 'dist', 'webview');
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [media] };
    this.#store.add(panel.onDidDispose(onClosed));
    this.#store.add(webview.onDidReceiveMessage((message: unknown) => void this.#receive(message, services)));
    webview.html = panelPage({
      scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(media, 'document.js')).toString(),
      styleUri: webview.asWebviewUri(vscode.Uri.joinPath(media, 'document.css')).toString(),
      cspSource: webview.cspSource,
      nonce: randomBytes(NONCE_BYTES).toString('base64'),
      language: vscode.env.language,
      title: content.document.title,
    });
  }

  /** `notice` says why, where nobody asked for it. */
  show(content: PanelContent, { kept = this.#kept, notice = '' }: { kept?: KeptPanel; notice?: string } = {}): void {
    this.#content = content;
    this.#kept = kept;
    this.#notice = notice;
    this.#panel.title = content.document.title;
    this.#send();
  }

  /** Says something of what is shown; it stays said when the page comes back. */
  tell(notice: string): void {
    if (notice === this.#notice) return;
    this.#notice = notice;
    this.#post({ type: 'notice', notice });
  }

  reveal(focus: 'take' | 'keep'): void {
    this.#panel.reveal(undefined, focus === 'keep');
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
    this.#post({ type: 'show', document: this.#content.document, panel: this.#kept, notice: this.#notice });
  }

  #post(message: ToPanel): void {
    void this.#panel.webview.postMessage(message);
  }
}
