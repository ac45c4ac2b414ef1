import * as vscode from 'vscode';
import type { Services } from './commands/command.ts';
import { registerCommands } from './commands/register-commands.ts';
import { confirmSending } from './credentials/confirm-sending.ts';
import { githubSession } from './credentials/github-session.ts';
import { originList } from './credentials/origin-list.ts';
import { ServerCredentials } from './credentials/server-credentials.ts';
import { EngineClient, startWorker } from './engine-client.ts';
import { registerLanguageModelTool } from './explain/language-model-tool.ts';
import { COMMANDS, INTERNAL_COMMANDS, SETTINGS, VIEWS } from './ids.ts';
import { awaitFirstPolicy } from './language/await-policy.ts';
import { registerLenses } from './lenses/register-lenses.ts';
import { DisposableStore } from './lifecycle.ts';
import type { Wish } from './panels/document-panel.ts';
import { Panels } from './panels/panels.ts';
import { restorePanels } from './panels/restore-panels.ts';
import type { Prompts } from './prompts/prompts.ts';
import { VscodePrompts } from './prompts/vscode-prompts.ts';
import { ReadOnlyTexts } from './read-only-texts.ts';
import { checkedRunsIn, keepCheckedRuns } from './state/checked-runs.ts';
import { keepContextKeys } from './state/context-keys.ts';
import { followPipelineRuns } from './state/pipeline-runs.ts';
import { SignoffState } from './state/signoff-state.ts';
import { watchInputs } from './state/watch.ts';
import { watchFolder } from './state/watch-folder.ts';
import { type TestingApi, testingApi } from './testing-api.ts';
import { useTranslation } from './translation.ts';
import { keepAttestationBoxes } from './views/attestation-boxes.ts';
import { createPipelineStatusBar } from './views/pipeline-status-bar.ts';
import { RUNS_AT_A_TIME } from './views/runs-model.ts';
import { createStatusBar } from './views/status-bar.ts';
import { SnapshotTree } from './views/tree-view.ts';
import { ViewChoices } from './views/view-choices.ts';
import { viewTrees } from './views/view-trees.ts';
import { keepViewWords } from './views/view-words.ts';
import { vscodeEditor, workspaceFolders } from './vscode-editor.ts';

const WORKER_SCRIPT = new URL('./engine-worker.js', import.meta.url);
const LANGUAGE_WORKER_SCRIPT = new URL('./language-worker.js', import.meta.url);

/**
 * Puts the parts together and returns at once: nothing is read and no thread starts before VS Code has its event loop back.
 * Tests get a door to the parts; nobody else does.
 */
export function activate(context: vscode.ExtensionContext): TestingApi | undefined {
  useTranslation(vscode.l10n.t);
  const store = new DisposableStore();
  context.subscriptions.push(store);
  const log = store.add(vscode.window.createOutputChannel('Model Signoff', { log: true }));
  const editor = vscodeEditor(log, store.add(new ReadOnlyTexts()));
  const engine = store.add(
    new EngineClient(
      () => startWorker(WORKER_SCRIPT, { lookFolder: lookFolderOf(context), texts: vscode.l10n.bundle }),
      (message) => log.error(message),
      async (origin) => (await credentials.credentialFor(origin)) ?? githubSession(origin),
    ),
  );
  const state = store.add(
    new SignoffState(engine, {
      folders: workspaceFolders,
      policySetting: () => vscode.workspace.getConfiguration().get<string>(SETTINGS.policyFile),
      trust: editor.trust,
      chosenPolicy: {
        get: () => context.workspaceState.get<string>('policy'),
        set: (policyFile) => void context.workspaceState.update('policy', policyFile),
      },
      chosenRun: {
        get: (policyFile) => context.workspaceState.get<string>(`run:${policyFile}`),
        set: (policyFile, run) => void context.workspaceState.update(`run:${policyFile}`, run),
      },
    }),
  );
  const panels = store.add(
    new Panels(
      {
        extensionUri: context.extensionUri,
        onWish: grantWish,
        onFault: (error) => log.error(error instanceof Error ? (error.stack ?? error.message) : String(error)),
      },
      state,
    ),
  );
  const prompts: { current: Prompts } = { current: new VscodePrompts() };
  const credentials = new ServerCredentials({
    secrets: context.secrets,
    stored: originList(context.globalState, 'serverCredentials'),
    allowed: originList(context.workspaceState, 'allowedServers'),
    trust: editor.trust,
    confirm: (origin) => confirmSending(prompts.current, origin),
    onChange: () => state.schedule('anew'),
  });
  const choices = new ViewChoices({
    get: () => context.workspaceState.get('views'),
    set: (choice) => void context.workspaceState.update('views', choice),
  });
  // Told before the views are, so that they show what is remembered already.
  const checkedRuns = store.add(keepCheckedRuns(state, checkedRunsIn(context.workspaceState), Date.now));
  const services: Services = {
    state,
    checkedRuns,
    choices,
    checklist: { reveal: (id) => checklist.reveal(id) },
    pipelines: {
      look: () => {
        pipelineRuns.look();
        // Where the system lets nobody watch, a tag tells of itself to nobody.
        state.schedule('approvals');
      },
      get records() {
        return pipelineRuns.records;
      },
    },
    engine,
    credentials,
    panels,
    editor,
    log,
    now: Date.now,
    get prompts() {
      return prompts.current;
    },
  };

  let runsLimit = RUNS_AT_A_TIME;
  const pipelineRuns = store.add(
    followPipelineRuns(state, engine, { watchFolder, onTag: () => state.schedule('approvals') }),
  );
  store.add(createPipelineStatusBar(pipelineRuns));
  const trees = viewTrees({
    now: Date.now,
    runsLimit: () => runsLimit,
    choice: () => choices.current,
    checkedRuns: () => checkedRuns.current,
    rings: () => pipelineRuns.records,
  });
  const checklist = store.add(new SnapshotTree(VIEWS.checklist, state, trees.checklist));
  const runs = store.add(new SnapshotTree(VIEWS.runs, state, trees.runs, 'several'));
  const approvals = store.add(new SnapshotTree(VIEWS.approvals, state, trees.approvals));
  store.add(keepAttestationBoxes(checklist));
  store.add(pipelineRuns.onDidChange(() => approvals.renew()));
  store.add(
    choices.onDidChange(() => {
      runsLimit = RUNS_AT_A_TIME;
      checklist.renew();
      runs.renew();
    }),
  );
  store.add(checkedRuns.onDidChange(() => runs.renew()));
  store.add(keepContextKeys(state));
  store.add(createStatusBar(state));
  const watching = store.add(watchInputs(state, workspaceFolders));
  store.add(
    keepViewWords({ state, watching, choices, checklist: checklist.view, runs: runs.view, approvals: approvals.view }),
  );
  store.add(
    vscode.commands.registerCommand(INTERNAL_COMMANDS.showMoreRuns, () => {
      runsLimit += RUNS_AT_A_TIME;
      runs.renew();
    }),
  );
  store.add(registerCommands(services));
  store.add(registerLenses(state, engine));
  store.add(registerLanguageModelTool(state));
  store.add(restorePanels(services));
  const onFault = (message: string): void => log.error(message);
  store.add(awaitFirstPolicy({ state, engine, workerScript: LANGUAGE_WORKER_SCRIPT, onFault }));
  store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => state.schedule('everything')));
  store.add(vscode.workspace.onDidChangeWorkspaceFolders(() => state.schedule('everything')));
  store.add(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration(SETTINGS.policyFile)) return;
      // Whoever sets it now means it more than what was chosen before.
      void context.workspaceState.update('policy', undefined).then(() => state.schedule('everything'));
    }),
  );
  setImmediate(() => void state.refresh('everything'));

  if (context.extensionMode !== vscode.ExtensionMode.Test) return undefined;
  return testingApi({ state, prompts, trees: { checklist, runs, approvals } });
}

/** VS Code disposes what `activate` put into the context's subscriptions. */
export function deactivate(): void {}

/** Looks are kept where VS Code keeps what belongs to a workspace. Whoever develops the extension wants new answers. */
function lookFolderOf({ storageUri, extensionMode }: vscode.ExtensionContext): string | undefined {
  const isKept = storageUri?.scheme === 'file' && extensionMode !== vscode.ExtensionMode.Development;
  return isKept ? vscode.Uri.joinPath(storageUri, 'looks').fsPath : undefined;
}

/** What a button in a panel may start; the panel names it, the command decides whether it can be done. */
function grantWish(wish: Wish): void {
  if (wish.type === 'act') void vscode.commands.executeCommand(COMMANDS[wish.action]);
  else if (wish.type === 'open') void vscode.commands.executeCommand(INTERNAL_COMMANDS.openEvidence, wish.evidence);
  else void vscode.commands.executeCommand(INTERNAL_COMMANDS.revealCheck, wish.check);
}
