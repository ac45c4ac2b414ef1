import type * as vscode from 'vscode';
import { statusWord } from '../../report/status.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import type { ProgressStep, SignoffState } from '../state/signoff-state.ts';
import type { Watching } from '../state/watch.ts';
import { t } from '../translation.ts';
import { showCheckingProgress } from './checking-progress.ts';
import { runsDescription } from './runs-model.ts';
import type { ViewChoice, ViewChoices } from './view-choices.ts';
import { viewMessage, whyNothingIsShown } from './view-message.ts';

type Words = Pick<vscode.TreeView<unknown>, 'description' | 'message'>;

export interface ViewWords {
  readonly state: SignoffState;
  readonly watching: Watching;
  readonly choices: ViewChoices;
  readonly checklist: Words;
  readonly runs: Words;
  readonly approvals: Words;
}

/** Keeps what stands beside the views' titles and above their nodes. */
export function keepViewWords({ state, watching, choices, checklist, runs, approvals }: ViewWords): Disposable {
  const store = new DisposableStore();
  let step: ProgressStep | undefined;
  const show = (): void => {
    set(checklist, 'message', viewMessage(watching.state, step));
    const emptyWords = whyNothingIsShown(state.snapshot);
    set(runs, 'message', emptyWords ?? viewMessage(watching.state, undefined));
    set(approvals, 'message', emptyWords);
    set(runs, 'description', runsDescription(state.snapshot));
    set(checklist, 'description', filterWords(choices.current.statuses));
  };
  store.add(
    showCheckingProgress(state, (newest) => {
      step = newest;
      show();
    }),
  );
  store.add(state.onDidChange(show));
  store.add(watching.onDidChange(show));
  store.add(choices.onDidChange(show));
  show();
  return store;
}

/** `fail, uncertain`, beside the title, while a filter is on. */
function filterWords(statuses: ViewChoice['statuses']): string | undefined {
  return statuses?.map((status) => statusWord(status, t)).join(', ');
}

/** Each assignment crosses to the window, whether or not it changes anything. */
function set(view: Words, name: keyof Words, text: string | undefined): void {
  if ((view[name] ?? '') !== (text ?? '')) view[name] = text ?? '';
}
