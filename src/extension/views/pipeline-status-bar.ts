import * as vscode from 'vscode';
import { isUnderWay } from '../../pipeline/ring.ts';
import type { RingRecord } from '../../pipeline/ring-book.ts';
import type { Engine } from '../engine-client.ts';
import { COMMANDS, CONTAINER } from '../ids.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import { Listeners } from '../listeners.ts';
import type { SignoffState } from '../state/signoff-state.ts';
import { t } from '../translation.ts';
import { pipelineStatusText } from './pipeline-status-text.ts';

/** Soon after something was told, then less and less often: a deployment takes minutes, a refusal seconds. */
const FIRST_POLL_MS = 2_000;
const POLL_MS = 10_000;
const SLOWER = 1.5;

/**
 * How far the pipeline is that was told last. Servers are asked only while one of its runs is under way, and only in a
 * trusted workspace; a click opens the run.
 */
export function createPipelineStatusBar(state: SignoffState, engine: Engine): PipelineBar {
  const store = new DisposableStore();
  const item = store.add(
    vscode.window.createStatusBarItem(`${CONTAINER}.pipeline`, vscode.StatusBarAlignment.Left, -1),
  );
  item.name = t('Model Signoff pipeline');
  const listeners = new Listeners<void>();
  let known: readonly RingRecord[] = [];
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  let pause = FIRST_POLL_MS;
  const look = async (how: 'ask' | 'remembered'): Promise<void> => {
    const { policyFile, policy } = state.snapshot;
    if (looking || policyFile === undefined || policy?.pipeline === undefined || !vscode.workspace.isTrusted) return;
    looking = true;
    try {
      const found = await engine.call('pipelineStatus', { policyFile, look: how });
      if (found.ok) show(found.value);
    } finally {
      looking = false;
    }
    // What was found is another policy's.
    if (state.snapshot.policyFile !== policyFile) await look('remembered');
  };
  const show = (records: readonly RingRecord[]): void => {
    known = records;
    const [newest] = records;
    const status = pipelineStatusText(records);
    clearTimeout(timer);
    listeners.tell();
    if (status === undefined) {
      item.hide();
      return;
    }
    item.text = status.text;
    item.tooltip = status.tooltip;
    item.accessibilityInformation = { label: status.spoken };
    item.command =
      newest?.run?.url === undefined
        ? undefined
        : { command: COMMANDS.openPipelineRun, title: '', arguments: [newest.correlation] };
    item.show();
    if (!records.some(isUnderWay)) return;
    timer = setTimeout(() => void look('ask'), pause);
    pause = Math.min(pause * SLOWER, POLL_MS);
  };
  let seen: string | undefined;
  store.add(
    state.onDidChange(() => {
      const { policyFile, policy } = state.snapshot;
      const told = policy?.pipeline === undefined ? undefined : policyFile;
      if (told === seen) return;
      seen = told;
      if (told === undefined) show([]);
      else void look('remembered');
    }),
  );
  return {
    dispose: () => {
      clearTimeout(timer);
      store.dispose();
    },
    look: () => {
      pause = FIRST_POLL_MS;
      void look('ask');
    },
    onDidChange: listeners.add,
    get records() {
      return known;
    },
  };
}

/** The item, what it knows, and a way to say that somebody was told just now. */
export interface PipelineBar extends Disposable {
  readonly look: () => void;
  readonly onDidChange: (listener: () => void) => Disposable;
  /** Of the policy that is shown, newest first. */
  readonly records: readonly RingRecord[];
}
