// The seam to the editor: the only file that calls `acquireVsCodeApi`, which may be called once.
import type { FromPanel, ToPanel } from '../src/extension/protocol.ts';

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

export function onDocument(listener: (message: ToPanel) => void): void {
  // Only the editor's frame holds this window; the type is its promise.
  window.addEventListener('message', (event: MessageEvent<ToPanel>) => listener(event.data));
}

/** What the reader chose stays when the panel is hidden and shown again; what is shown always comes anew. */
export function rememberedFilter(): 'on' | 'off' {
  const state = api.getState();
  return typeof state === 'object' && state !== null && 'filter' in state && state.filter === 'on' ? 'on' : 'off';
}

export function rememberFilter(filter: 'on' | 'off'): void {
  api.setState({ filter });
}
