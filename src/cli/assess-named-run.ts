import { approvedModelsIn } from '../approval/approved-models.ts';
import { type LoadedAssessment, loadAndAssess } from '../checks/load-and-assess.ts';
import type { CommandContext, CommandInput } from './command.ts';

/** Evaluates the run that `--run` names, else the newest, beside what is approved for `--environment`. */
export function assessNamedRun(
  policyFile: string,
  input: CommandInput,
  { terminal, signal }: CommandContext,
): Promise<LoadedAssessment> {
  const runId = input.text('run');
  return loadAndAssess({
    policyFile,
    ...(runId === undefined ? {} : { runId }),
    findApproved: approvedModelsIn({ policyFile, environment: input.text('environment'), now: new Date(), signal }),
    signal,
    reportProgress: terminal.reportProgress,
  });
}
