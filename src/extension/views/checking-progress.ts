import * as vscode from 'vscode';
import { CONTEXT_KEYS, VIEWS } from '../ids.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import type { ProgressStep, SignoffState } from '../state/signoff-state.ts';

/** Work that is over sooner needs neither words nor a way to stop it; both would only flicker. */
const LONG_MS = 1_000;
/** Between two changes of the words, which a screen reader may read out. */
const WORDS_MS = 250;

/**
 * The thin bar above the checklist while it is being evaluated and, where that takes long, such as for artifacts from a
 * server, what it is about and a button that stops it.
 *
 * @param say is handed the step under way, undefined when there is none any more
 */
export function showCheckingProgress(state: SignoffState, say: (step: ProgressStep | undefined) => void): Disposable {
  const store = new DisposableStore();
  let underWay: { finish(): void; readonly since: number; readonly timer: NodeJS.Timeout; saidAt: number } | undefined;
  let newest: ProgressStep | undefined;

  const begin = (): void => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      setLong('long');
      if (newest !== undefined) say(newest);
    }, LONG_MS);
    underWay = { finish: resolve, since: performance.now(), timer, saidAt: 0 };
    void vscode.window.withProgress({ location: { viewId: VIEWS.checklist } }, () => promise);
  };
  const end = (): void => {
    if (underWay === undefined) return;
    clearTimeout(underWay.timer);
    underWay.finish();
    underWay = undefined;
    newest = undefined;
    setLong('none');
    say(undefined);
  };
  store.add({ dispose: end });
  store.add(
    state.onDidChange(({ activity }) => {
      if (activity !== 'checking') end();
      else if (underWay === undefined) begin();
    }),
  );
  store.add(
    state.onDidProgress((step) => {
      newest = step;
      const now = performance.now();
      if (underWay === undefined || now - underWay.since < LONG_MS || now - underWay.saidAt < WORDS_MS) return;
      underWay.saidAt = now;
      say(step);
    }),
  );
  return store;
}

function setLong(work: 'long' | 'none'): void {
  void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.hasLongWork, work === 'long');
}
