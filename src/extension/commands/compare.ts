import { fail, type Result, succeed } from '../../base/result.ts';
import type { RunLine } from '../engine/run-line.ts';
import { COMMANDS } from '../ids.ts';
import { compareDocument } from '../panels/compare-document.ts';
import { mainEnvironment } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import { runStatusWord } from '../views/runs-model.ts';
import { type Command, type Services, textArgument } from './command.ts';
import { type Assessed, needAssessment } from './needs.ts';

/** The run in the checklist beside another: the one in force where there is one, else one that is chosen. */
export const compare: Command = {
  id: COMMANDS.compare,
  run: async (services, argument) => {
    const assessment = await needAssessment(services);
    if (!assessment.ok) return assessment;
    const { policyFile, assessed } = assessment.value;
    const candidate = assessed.assessment.run.id;
    const other = await otherRun(services, assessment.value, textArgument(argument));
    if (other === undefined || !other.ok) return other;
    const trust = services.editor.trust();
    const [first, second] = await services.prompts.withProgress(t('Loading the runs'), (reportProgress, signal) =>
      Promise.all([
        services.engine.call('loadRun', { policyFile, run: candidate, trust }, { reportProgress, signal }),
        services.engine.call('loadRun', { policyFile, run: other.value, trust }, { reportProgress, signal }),
      ]),
    );
    if (!first.ok) return first;
    if (!second.ok) return second;
    services.panels.show('comparison', { document: compareDocument(first.value, second.value) });
    return succeed(undefined);
  },
};

async function otherRun(
  services: Services,
  { policy, assessed }: Assessed,
  named: string | undefined,
): Promise<Result<string> | undefined> {
  const { state, prompts } = services;
  const candidate = assessed.assessment.run.id;
  const others = state.snapshot.runs.filter((run) => run.id !== candidate);
  if (named !== undefined && named !== candidate) return succeed(named);
  if (others.length === 0)
    return fail('nothing-to-compare', t('There is only one run, so there is nothing to compare it with.'));
  const environment = mainEnvironment(policy);
  const inForce = state.snapshot.approvals?.environments.find(({ name }) => name === environment)?.inForce?.run;
  const answer = await prompts.pickOne({
    title: t('Compare Runs'),
    placeholder: t('Which run should stand beside {0}?', assessed.assessment.run.name),
    choices: inForceFirst(others, inForce).map((run) => ({
      value: run.id,
      label: run.name,
      description: run.id === inForce ? t('in force in {0}', environment ?? '') : runStatusWord(run.status),
      detail: run.id,
    })),
  });
  return answer.kind === 'given' ? succeed(answer.value) : undefined;
}

function inForceFirst(runs: readonly RunLine[], inForce: string | undefined): readonly RunLine[] {
  return runs.toSorted((one, other) => Number(other.id === inForce) - Number(one.id === inForce));
}
