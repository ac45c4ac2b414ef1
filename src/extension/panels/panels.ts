import { type Disposable, DisposableStore } from '../lifecycle.ts';
import type { PanelDocument } from '../protocol.ts';
import type { SignoffState } from '../state/signoff-state.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { DocumentPanel, type PanelServices } from './document-panel.ts';

export type PanelKind = 'report' | 'metrics' | 'comparison' | 'verdict';

interface OpenPanel {
  readonly panel: DocumentPanel;
  /** Makes the document anew from a newer snapshot; a panel of something past has none. */
  readonly renew: ((snapshot: Snapshot) => PanelDocument | undefined) | undefined;
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

  show(kind: PanelKind, document: PanelDocument, renew?: OpenPanel['renew']): void {
    const existing = this.#open.get(kind);
    const panel = existing?.panel ?? new DocumentPanel(this.#services, document, () => this.#open.delete(kind));
    this.#open.set(kind, { panel, renew });
    if (existing === undefined) return;
    panel.show(document);
    panel.reveal();
  }

  dispose(): void {
    this.#store.dispose();
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }

  #renewAll(snapshot: Snapshot): void {
    for (const { panel, renew } of this.#open.values()) {
      const document = renew?.(snapshot);
      if (document !== undefined) panel.show(document);
    }
  }
}
