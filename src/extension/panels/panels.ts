import type * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import type { KeptPanel, PanelKind } from '../protocol.ts';
import type { SignoffState } from '../state/signoff-state.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import { createPanel, DocumentPanel, type PanelContent, type PanelServices } from './document-panel.ts';

/** What a panel shows of a newer snapshot, or why what it shows is not current; undefined where that leaves it as it is. */
export type Renewed = PanelContent | { readonly outdated: string } | undefined;
export type Renew = (snapshot: Snapshot) => Renewed | Promise<Renewed>;

export interface ShowOptions {
  /** A panel of something past has none. */
  readonly renew?: Renew;
  /** What brings it back after a reload: see `restorePanels`. */
  readonly about?: readonly string[];
  /** Whether the panel takes the keyboard; it does when not given. */
  readonly focus?: 'take' | 'keep';
}

interface OpenPanel {
  readonly panel: DocumentPanel;
  readonly title: string;
  readonly renew: Renew | undefined;
  /** One that came back with the window stays where it was until somebody asks for it. */
  readonly isRestored: boolean;
  /** Counts what was asked to be shown, so that an answer that comes too late is dropped. */
  version: number;
}

/** The open panels, one of each kind: a second *Open Report* brings the first one to the front. */
export class Panels implements Disposable {
  readonly #services: PanelServices;
  readonly #store = new DisposableStore();
  readonly #open = new Map<PanelKind, OpenPanel>();

  constructor(services: PanelServices, state: SignoffState) {
    this.#services = services;
    this.#store.add(state.onDidChange((snapshot) => this.#renewAll(snapshot)));
  }

  show(kind: PanelKind, content: PanelContent, { renew, about = [], focus = 'take' }: ShowOptions = {}): void {
    const existing = this.#open.get(kind);
    const kept = { kind, about };
    const panel = existing?.panel ?? this.#made(createPanel(content.document.title, focus), content, kept);
    const { title } = content.document;
    this.#open.set(kind, { panel, title, renew, isRestored: false, version: (existing?.version ?? 0) + 1 });
    if (existing === undefined) return;
    panel.show(content, { kept });
    if (!existing.isRestored) panel.reveal(focus);
  }

  /** Takes over a panel that was there before the window was loaded anew, with what it shows until there is more. */
  adopt(panel: vscode.WebviewPanel, content: PanelContent, kept: KeptPanel): 'adopted' | 'not needed' {
    if (this.#open.has(kept.kind)) {
      panel.dispose();
      return 'not needed';
    }
    const made = this.#made(panel, content, kept);
    const { title } = content.document;
    this.#open.set(kept.kind, { panel: made, title, renew: undefined, isRestored: true, version: 0 });
    return 'adopted';
  }

  /** Says in a panel that is open why it can't show more yet; where it stands and who has the keyboard stay as they are. */
  wait(kind: PanelKind, content: PanelContent, renew: Renew): void {
    const open = this.#open.get(kind);
    if (open === undefined) return;
    this.#open.set(kind, { ...open, renew, version: open.version + 1 });
    open.panel.show(content);
  }

  close(kind: PanelKind): void {
    const open = this.#open.get(kind);
    // A panel that is disposed from here does not tell that it closed.
    this.#open.delete(kind);
    open?.panel.dispose();
  }

  dispose(): void {
    this.#store.dispose();
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }

  #made(panel: vscode.WebviewPanel, content: PanelContent, kept: KeptPanel): DocumentPanel {
    return new DocumentPanel(this.#services, panel, { content, kept }, () => this.#open.delete(kept.kind));
  }

  #renewAll(snapshot: Snapshot): void {
    for (const [kind, open] of this.#open) {
      this.#renew(kind, open, snapshot).catch((error: unknown) => this.#services.onFault(error));
    }
  }

  async #renew(kind: PanelKind, open: OpenPanel, snapshot: Snapshot): Promise<void> {
    open.version += 1;
    const { version } = open;
    const renewed = await open.renew?.(snapshot);
    if (renewed === undefined || this.#open.get(kind) !== open || open.version !== version) return;
    if ('outdated' in renewed) {
      open.panel.tell(t('What is shown here is not current. {0}', renewed.outdated));
      return;
    }
    const { title } = renewed.document;
    const notice =
      title === open.title
        ? t('Shown anew: the run, its evidence, the policy or what was signed has changed.')
        : t('Another run took the place of the one that was shown here.');
    this.#open.set(kind, { ...open, title });
    open.panel.show(renewed, { notice });
  }
}
