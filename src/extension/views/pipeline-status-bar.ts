import * as vscode from 'vscode';
import { COMMANDS, CONTAINER } from '../ids.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import type { PipelineRuns } from '../state/pipeline-runs.ts';
import { t } from '../translation.ts';
import { pipelineStatusText } from './pipeline-status-text.ts';

/** How far the pipeline is that was told last; a click opens its run. */
export function createPipelineStatusBar(runs: PipelineRuns): Disposable {
  const store = new DisposableStore();
  const item = store.add(
    vscode.window.createStatusBarItem(`${CONTAINER}.pipeline`, vscode.StatusBarAlignment.Left, -1),
  );
  item.name = t('Model Signoff pipeline');
  const show = (): void => {
    const [newest] = runs.records;
    const status = pipelineStatusText(runs.records);
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
  };
  store.add(runs.onDidChange(show));
  return store;
}
