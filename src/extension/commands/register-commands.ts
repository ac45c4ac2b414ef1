import * as vscode from 'vscode';
import type { Problem } from '../../base/result.ts';
import { CANCELLED } from '../engine-client.ts';
import { INTERNAL_COMMANDS } from '../ids.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import { t } from '../translation.ts';
import { ALL_COMMANDS } from './all-commands.ts';
import type { CommandResult, Services } from './command.ts';
import { revealCheck } from './reveal-check.ts';

/** Puts every command behind its id, and says in one place why one could not do its work. */
export function registerCommands(services: Services): Disposable {
  const store = new DisposableStore();
  for (const command of ALL_COMMANDS) {
    const run = (argument: unknown): Promise<unknown> => carryOut(services, () => command.run(services, argument));
    store.add(vscode.commands.registerCommand(command.id, run));
  }
  store.add(
    vscode.commands.registerCommand(INTERNAL_COMMANDS.revealCheck, (check: unknown) =>
      carryOut(services, () => revealCheck(services, check)),
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

async function tellProblem({ prompts, editor, log }: Services, problem: Problem): Promise<void> {
  if (problem.code === CANCELLED) return;
  log.info(`${problem.code}: ${problem.message}`);
  const showLog = t('Show Log');
  const actions = problem.code === 'internal' ? [showLog] : [];
  const level = problem.severity === 'error' ? 'error' : problem.severity;
  const chosen = await prompts.notify({ level, message: problem.message, actions });
  if (chosen === showLog) editor.showLog();
}
