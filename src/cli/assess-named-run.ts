import { approvedModelsIn } from '../approval/approved-models.ts';
import { type LoadedAssessment, loadAndAssess } from '../checks/load-and-assess.ts';
import type { ObserveCheck } from '../checks/plots/collect-plots.ts';
import type { CommandContext, CommandInput } from './command.ts';

/** Evaluates the run that `--run` names, else the newest, beside what is approved for `--environment`. */
export function assessNamedRun(
  policyFile: string,
  input: CommandInput,
  { terminal, signal }: CommandContext,
  observe?: ObserveCheck,
): Promise<LoadedAssessment> {
  const runId = input.text('run');
  return loadAndAssess({
    policyFile,
    ...(runId === undefined ? {} : { runId }),
    ...(observe === undefined ? {} : { observe }),
    findApproved: approvedModelsIn({ policyFile, environment: input.text('environment'), now: new Date(), signal }),
    signal,
    reportProgress: terminal.reportProgress,
  });
}
