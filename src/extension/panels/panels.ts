import { type Disposable, DisposableStore } from '../lifecycle.ts';
import type { SignoffState } from '../state/signoff-state.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { DocumentPanel, type PanelContent, type PanelServices } from './document-panel.ts';

export type PanelKind = 'report' | 'metrics' | 'comparison' | 'verdict';

/** What a panel shows of a newer snapshot; undefined where that leaves it as it is. */
export type Renew = (snapshot: Snapshot) => PanelContent | undefined | Promise<PanelContent | undefined>;

interface OpenPanel {
  readonly panel: DocumentPanel;
  /** A panel of something past has none. */
  readonly renew: Renew | undefined;
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

  show(kind: PanelKind, content: PanelContent, renew?: Renew): void {
    const existing = this.#open.get(kind);
    const panel = existing?.panel ?? new DocumentPanel(this.#services, content, () => this.#open.delete(kind));
    this.#open.set(kind, { panel, renew, version: (existing?.version ?? 0) + 1 });
    if (existing === undefined) return;
    panel.show(content);
    panel.reveal();
  }

  dispose(): void {
    this.#store.dispose();
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }

  #renewAll(snapshot: Snapshot): void {
    for (const open of this.#open.values()) void this.#renew(open, snapshot);
  }

  async #renew(open: OpenPanel, snapshot: Snapshot): Promise<void> {
    open.version += 1;
    const { version } = open;
    const content = await open.renew?.(snapshot);
    const isNewest = [...this.#open.values()].includes(open) && open.version === version;
    if (content !== undefined && isNewest) open.panel.show(content);
  }
}
