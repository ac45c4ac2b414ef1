import * as vscode from 'vscode';
import type { ReportProgress } from '../../base/result.ts';
import { VIEWS } from '../ids.ts';
import { DisposableStore } from '../lifecycle.ts';
import { visible, visibleBesideIcons, visibleIndented, visibleWithoutLinks } from '../visible-text.ts';
import type {
  Answer,
  Choice,
  ConfirmRequest,
  Notice,
  PickRequest,
  Place,
  Prompts,
  SaveRequest,
  TextRequest,
} from './prompts.ts';

type Item<Value> = vscode.QuickPickItem & { readonly choice?: Choice<Value> };

/** A prompt wraps, so the words that somebody signs fit in whole. */
const LONGEST_PROMPT = 2_000;

/** The prompts as VS Code shows them. */
export class VscodePrompts implements Prompts {
  async pickOne<Value>(request: PickRequest<Value>): Promise<Answer<Value>> {
    return this.#pick(request, 'one', (items, pick) => {
      const choice = items[0]?.choice;
      if (choice?.refusal === undefined) return choice && { kind: 'given', value: choice.value };
      // A quick pick has no place for a complaint but this one, and shows it only while nothing is typed.
      pick.value = '';
      pick.placeholder = visible(choice.refusal);
      pick.selectedItems = [];
      return undefined;
    });
  }

  async pickMany<Value>(request: PickRequest<Value>): Promise<Answer<readonly Value[]>> {
    return this.#pick(request, 'many', (items) => ({
      kind: 'given',
      value: items.flatMap((item) => (item.choice === undefined ? [] : [item.choice.value])),
    }));
  }

  #pick<Value, Given>(
    request: PickRequest<Value>,
    count: 'one' | 'many',
    read: (items: readonly Item<Value>[], pick: vscode.QuickPick<Item<Value>>) => Answer<Given> | undefined,
  ): Promise<Answer<Given>> {
    const pick = vscode.window.createQuickPick<Item<Value>>();
    pick.placeholder = visible(request.placeholder);
    pick.canSelectMany = count === 'many';
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.ignoreFocusOut = true;
    pick.items = itemsOf(request.choices);
    const chosen = pick.items.filter((item) => item.choice?.chosen === true);
    if (count === 'many') pick.selectedItems = chosen;
    else if (chosen.length > 0) pick.activeItems = chosen;
    return converse(pick, request.title, request.place, () => read(pick.selectedItems, pick));
  }

  async ask(request: TextRequest): Promise<Answer<string>> {
    const box = vscode.window.createInputBox();
    box.prompt = visibleWithoutLinks(request.prompt, LONGEST_PROMPT);
    box.placeholder = visible(request.placeholder ?? '');
    box.value = request.value ?? '';
    box.password = request.shown === 'as dots';
    box.ignoreFocusOut = true;
    const change = box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    try {
      return await converse(box, request.title, request.place, () => {
        const complaint = request.check?.(box.value);
        box.validationMessage = complaint === undefined ? undefined : visibleWithoutLinks(complaint);
        return complaint === undefined ? { kind: 'given', value: box.value } : undefined;
      });
    } finally {
      change.dispose();
    }
  }

  async saveAs({ title, path, kind }: SaveRequest): Promise<Answer<string>> {
    const uri = await vscode.window.showSaveDialog({
      title: visible(title),
      defaultUri: vscode.Uri.file(path),
      filters: { [kind.label]: [kind.extension] },
    });
    return uri === undefined ? { kind: 'cancelled' } : { kind: 'given', value: uri.fsPath };
  }

  async confirm(request: ConfirmRequest): Promise<'agreed' | 'wants-details' | 'declined'> {
    const detail = request.detail.map(visibleIndented).join('\n');
    const answer = await vscode.window.showInformationMessage(
      visible(request.question),
      { modal: true, detail },
      request.action,
      ...(request.details === undefined ? [] : [request.details]),
    );
    if (answer !== undefined && answer === request.details) return 'wants-details';
    return answer === request.action ? 'agreed' : 'declined';
  }

  async notify(notice: Notice): Promise<string | undefined> {
    const message = visibleWithoutLinks(notice.message);
    const actions = notice.actions ?? [];
    switch (notice.level) {
      case 'information':
        return vscode.window.showInformationMessage(message, ...actions);
      case 'warning':
        return vscode.window.showWarningMessage(message, ...actions);
      case 'error':
        return vscode.window.showErrorMessage(message, ...actions);
    }
  }

  async withProgress<Value>(
    title: string,
    work: (report: ReportProgress, signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> {
    // In our own view: a notification for something that takes a second would only be in the way.
    const options = { location: { viewId: VIEWS.checklist }, title, cancellable: true };
    return vscode.window.withProgress(options, (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const report: ReportProgress = (step) => progress.report({ message: step.message });
      return work(report, abort.signal);
    });
  }
}

function itemsOf<Value>(choices: readonly Choice<Value>[]): Item<Value>[] {
  let heading: string | undefined;
  return choices.flatMap((choice) => {
    const separator =
      choice.heading === undefined || choice.heading === heading
        ? []
        : [{ label: choice.heading, kind: vscode.QuickPickItemKind.Separator }];
    heading = choice.heading;
    return [...separator, itemOf(choice)];
  });
}

function itemOf<Value>(choice: Choice<Value>): Item<Value> {
  const label = visibleBesideIcons(choice.label);
  return {
    choice,
    label: choice.icon === undefined ? label : `$(${choice.icon}) ${label}`,
    ...(choice.description === undefined ? {} : { description: visibleBesideIcons(choice.description) }),
    ...(choice.detail === undefined ? {} : { detail: visibleBesideIcons(choice.detail) }),
  };
}

/** Shows a quick input until it is answered, left backwards, or closed. `accept` gives nothing where the answer will not do. */
function converse<Given>(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  title: string,
  place: Place | undefined,
  accept: () => Answer<Given> | undefined,
): Promise<Answer<Given>> {
  const store = new DisposableStore();
  store.add(input);
  input.title = visible(title);
  if (place !== undefined) {
    input.step = place.step;
    input.totalSteps = place.of;
    input.buttons = place.back === 'offered' ? [vscode.QuickInputButtons.Back] : [];
  }
  return new Promise<Answer<Given>>((resolve) => {
    const events: Pick<vscode.InputBox, 'onDidAccept' | 'onDidHide' | 'onDidTriggerButton'> = input;
    store.add(
      events.onDidAccept(() => {
        const answer = accept();
        if (answer !== undefined) resolve(answer);
      }),
    );
    store.add(events.onDidTriggerButton(() => resolve({ kind: 'back' })));
    store.add(events.onDidHide(() => resolve({ kind: 'cancelled' })));
    input.show();
  }).finally(() => store.dispose());
}
