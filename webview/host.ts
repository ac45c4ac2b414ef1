// The seam to the editor: the only file that calls `acquireVsCodeApi`, which may be called once.
import type { FromPanel, KeptPanel, ToPanel } from '../src/extension/protocol.ts';

interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

export function send(message: FromPanel): void {
  api.postMessage(message);
}

export function onMessage(listener: (message: ToPanel) => void): void {
  // Only the editor's frame holds this window; the type is its promise.
  window.addEventListener('message', (event: MessageEvent<ToPanel>) => listener(event.data));
}

/** What the reader chose. It stays when the panel is hidden and shown again; what is shown always comes anew. */
export interface Choices {
  readonly filter: 'on' | 'off';
  /** Ids of sections that were closed, and of pictures whose table was opened. */
  readonly closed: readonly string[];
  readonly tables: readonly string[];
  /** Where sliders stand, by their picture's id: the text of the threshold. */
  readonly thresholds: Readonly<Record<string, string>>;
  /** The newest request to bring a picture into view that was answered. */
  readonly answered: number;
}

/** Keeps what the panel is about, for the host that brings it back. */
export function keepPanel(panel: KeptPanel): void {
  api.setState({ ...stateOf(api.getState()), panel });
}

function stateOf(kept: unknown): Readonly<Record<string, unknown>> {
  return typeof kept === 'object' && kept !== null ? { ...kept } : {};
}

/** State that was kept may be another version's, or anybody's: whatever is not as it should be is as if never chosen. */
export function choices(): Choices {
  const { filter, closed, tables, thresholds, answered } = stateOf(api.getState());
  return {
    filter: filter === 'on' ? 'on' : 'off',
    closed: textsOf(closed),
    tables: textsOf(tables),
    thresholds: textsByName(thresholds),
    answered: typeof answered === 'number' && Number.isFinite(answered) ? answered : 0,
  };
}

export function choose(changes: Partial<Choices>): void {
  api.setState({ ...stateOf(api.getState()), ...choices(), ...changes });
}

/** The list with the id added or taken out. */
export function toggled(ids: readonly string[], id: string, state: 'in' | 'out'): readonly string[] {
  const others = ids.filter((each) => each !== id);
  return state === 'in' ? [...others, id] : others;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function textsByName(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, each]) => typeof each === 'string'));
}
