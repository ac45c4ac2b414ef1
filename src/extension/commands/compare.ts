import { fail, type ReportProgress, type Result, succeed } from '../../base/result.ts';
import type { RunLine } from '../engine/run-line.ts';
import { COMMANDS } from '../ids.ts';
import type { PanelContent } from '../panels/document-panel.ts';
import { followChecklist } from '../panels/follow-checklist.ts';
import { mainEnvironment, type Snapshot } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import { runStatusWord } from '../views/runs-model.ts';
import { type Command, type Services, textArgument } from './command.ts';
import { type Assessed, needAssessment, needSoundPolicy } from './needs.ts';
import { runOf, runsOf } from './node-arguments.ts';

/** Two runs side by side: those that are selected, else the one in the checklist beside the one in force, or beside one that is chosen. */
export const compare: Command = {
  id: COMMANDS.compare,
  run: async (services, argument, selection) => {
    const selected = runsOf(selection);
    if (selected.length > 2)
      return fail('too-many-runs', t('Select two runs to compare them, not {0}.', selected.length));
    const chosen = await chooseOf(services, selected);
    if (!chosen.ok) return chosen;
    const assessment = await needAssessment(services);
    if (!assessment.ok) return assessment;
    const other = await otherRun(services, assessment.value, chosen.value ?? textArgument(argument) ?? runOf(argument));
    if (other === undefined || !other.ok) return other;
    const content = await services.prompts.withProgress(t('Comparing the runs'), (reportProgress, signal) =>
      contentOf(services, assessment.value, { other: other.value, reportProgress, signal }),
    );
    if (!content.ok) return content;
    const renew = followChecklist(services, async (assessed) =>
      assessed.assessed.assessment.run.id === other.value
        ? fail('same-run', t('The second run is the one in the checklist now.'))
        : contentOf(services, assessed, { other: other.value }),
    );
    services.panels.show('comparison', content.value, { renew, about: [other.value] });
    return succeed(undefined);
  },
};

interface Wanted {
  readonly other: string;
  readonly reportProgress?: ReportProgress;
  readonly signal?: AbortSignal;
}

async function contentOf(
  { engine, editor, state }: Services,
  { policyFile, policy, assessed }: Assessed,
  { other, ...options }: Wanted,
): Promise<Result<PanelContent>> {
  const wanted = { policyFile, trust: editor.trust(), digest: assessed.digest, other };
  const comparison = await engine.call('compareRuns', wanted, options);
  if (!comparison.ok) return comparison;
  // What writes documents is large, and needed only once one is asked for.
  const { comparisonContent } = await import('../panels/comparison/comparison-document.ts');
  return succeed(comparisonContent(comparison.value, policy, whereInForce(state.snapshot, other)));
}

function whereInForce({ approvals }: Snapshot, run: string): string | undefined {
  return approvals?.environments.findLast(({ inForce }) => inForce?.run === run)?.name;
}

/**
 * Of two selected runs, the one that stands beside the run in the checklist. Where that is neither of them, the newer one
 * comes into the checklist: only what is evaluated can be compared check by check.
 */
async function chooseOf(services: Services, selected: readonly string[]): Promise<Result<string | undefined>> {
  if (selected.length < 2) return succeed(undefined);
  const policyFile = await needSoundPolicy(services);
  if (!policyFile.ok) return policyFile;
  const { state } = services;
  const newestFirst = state.snapshot.runs.map(({ id }) => id).filter((id) => selected.includes(id));
  const [newer, older] = newestFirst;
  if (newer === undefined || older === undefined) return fail('no-run', t('One of the runs is no longer there.'));
  const candidate = state.snapshot.assessed?.assessment.run.id;
  if (candidate === older) return succeed(newer);
  if (candidate !== newer) await state.selectRun(newer);
  return succeed(older);
}

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
