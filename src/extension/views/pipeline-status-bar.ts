import * as vscode from 'vscode';
import { isUnderWay } from '../../pipeline/ring.ts';
import type { RingRecord } from '../../pipeline/ring-book.ts';
import type { Engine } from '../engine-client.ts';
import { CONTAINER, INTERNAL_COMMANDS } from '../ids.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import type { SignoffState } from '../state/signoff-state.ts';
import { t } from '../translation.ts';
import { pipelineStatusText } from './pipeline-status-text.ts';

const POLL_MS = 10_000;

/**
 * How far the pipeline is that was told last. Servers are asked only while one of its runs is under way, and only in a
 * trusted workspace; a click opens the run.
 */
export function createPipelineStatusBar(
  state: SignoffState,
  engine: Engine,
  openUrl: (url: string) => void,
): PipelineBar {
  const store = new DisposableStore();
  const item = store.add(
    vscode.window.createStatusBarItem(`${CONTAINER}.pipeline`, vscode.StatusBarAlignment.Left, -1),
  );
  item.name = t('Model Signoff pipeline');
  const command = INTERNAL_COMMANDS.openPipelineRun;
  let newest: RingRecord | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  store.add(
    vscode.commands.registerCommand(command, () => {
      if (newest?.run?.url !== undefined) openUrl(newest.run.url);
    }),
  );
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
  };
  const show = (records: readonly RingRecord[]): void => {
    [newest] = records;
    const status = pipelineStatusText(records);
    clearTimeout(timer);
    if (status === undefined) {
      item.hide();
      return;
    }
    item.text = status.text;
    item.tooltip = status.tooltip;
    item.accessibilityInformation = { label: status.spoken };
    item.command = newest?.run?.url === undefined ? undefined : command;
    item.show();
    if (records.some(isUnderWay)) timer = setTimeout(() => void look('ask'), POLL_MS);
  };
  let seen: string | undefined;
  store.add(
    state.onDidChange(() => {
      const { policyFile } = state.snapshot;
      if (policyFile === seen || policyFile === undefined) return;
      seen = policyFile;
      void look('remembered');
    }),
  );
  return {
    dispose: () => {
      clearTimeout(timer);
      store.dispose();
    },
    look: () => void look('ask'),
  };
}

/** The item, and a way to say that somebody was told just now. */
export interface PipelineBar extends Disposable {
  readonly look: () => void;
}
