import * as vscode from 'vscode';
import type { Problem } from '../../base/result.ts';
import { CANCELLED } from '../engine-client.ts';
import { COMMANDS, INTERNAL_COMMANDS, SETTINGS } from '../ids.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import { t } from '../translation.ts';
import { asksForCredential } from '../views/problem-nodes.ts';
import { ALL_COMMANDS } from './all-commands.ts';
import type { CommandResult, Services } from './command.ts';
import { openEvidence } from './open-evidence.ts';
import { revealCheck } from './reveal-check.ts';
import { showInChecklist } from './show-in-checklist.ts';

/** Puts every command behind its id, and says in one place why one could not do its work. */
export function registerCommands(services: Services): Disposable {
  const store = new DisposableStore();
  for (const command of ALL_COMMANDS) {
    const run = (argument: unknown, selection: unknown): Promise<unknown> =>
      carryOut(services, () => command.run(services, argument, selection));
    store.add(vscode.commands.registerCommand(command.id, run));
  }
  store.add(
    vscode.commands.registerCommand(INTERNAL_COMMANDS.revealCheck, (check: unknown) =>
      carryOut(services, () => revealCheck(services, check)),
    ),
  );
  store.add(
    vscode.commands.registerCommand(INTERNAL_COMMANDS.openEvidence, (path: unknown) =>
      carryOut(services, () => openEvidence(services, path)),
    ),
  );
  store.add(
    vscode.commands.registerCommand(INTERNAL_COMMANDS.showInChecklist, (check: unknown) =>
      carryOut(services, () => showInChecklist(services, check)),
    ),
  );
  store.add(
    vscode.commands.registerCommand(INTERNAL_COMMANDS.openProblem, (path: string, offset: number, length: number) =>
      services.editor.openFile(path, { offset, length }),
    ),
  );
  return store;
}

/** Resolves to what the command achieved, or undefined; other extensions and tests may use it. */
async function carryOut(services: Services, work: () => Promise<CommandResult>): Promise<unknown> {
  try {
    const result = await work();
    if (result === undefined) return undefined;
    if (result.ok) return result.value;
    void tellProblem(services, result.problem);
  } catch (error) {
    services.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    const message = error instanceof Error ? error.message : String(error);
    void tellProblem(services, { code: 'internal', severity: 'error', message });
  }
  return undefined;
}

async function tellProblem(services: Services, problem: Problem): Promise<void> {
  const { prompts, log } = services;
  if (problem.code === CANCELLED) return;
  log.info(`${problem.code}: ${problem.message}`);
  const { severity: level, message } = problem;
  // A notice without a button closes by itself after some seconds; an error has to wait for its reader.
  const next = level === 'information' ? undefined : nextStepFor(problem, services);
  const chosen = await prompts.notify({ level, message, actions: next === undefined ? [] : [next.label] });
  if (next !== undefined && chosen === next.label) await next.go();
}

interface NextStep {
  readonly label: string;
  go(): unknown;
}

/** What a person does about a problem; where we don't know, the log says more. */
function nextStepFor({ code, range }: Problem, { state, editor }: Services): NextStep {
  const { policyFile } = state.snapshot;
  if (asksForCredential(code)) {
    return { label: t('Set Credential…'), go: () => vscode.commands.executeCommand(COMMANDS.setServerCredential) };
  }
  switch (code) {
    case 'no-policy':
      return { label: t('Create a Policy'), go: () => vscode.commands.executeCommand(COMMANDS.createPolicy) };
    case 'policy-broken':
    case 'policy-invalid':
    case 'no-pipeline':
    case 'no-environment':
    case 'no-role':
      if (policyFile === undefined) break;
      return { label: t('Open the Policy'), go: () => editor.openFile(policyFile, range) };
    case 'policy-not-committed':
    case 'signers-missing':
      return { label: t('Open Source Control'), go: () => vscode.commands.executeCommand('workbench.view.scm') };
    case 'no-key':
      return {
        label: t('Open Settings'),
        go: () => vscode.commands.executeCommand('workbench.action.openSettings', SETTINGS.signingKeys),
      };
  }
  return { label: t('Show Log'), go: () => editor.showLog() };
}
