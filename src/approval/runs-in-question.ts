import type { Policy } from '../policy/schema.ts';
import type { Run } from '../runs/run.ts';
import type { LoadRun, ModelUnderJudgement } from './model-under-judgement.ts';
import type { ReadApprovals } from './read-approvals.ts';
import { opensSomething } from './statement.ts';

export interface RunsQuestion {
  readonly model: ModelUnderJudgement;
  readonly environment: string;
  readonly policy: Policy;
  readonly policyFolder: string;
  readonly loadRun: LoadRun;
}

/**
 * The runs that tell who trained the model, and from which commit: the one that was asked about, else every one that an
 * approval of the model names. Every one, because a signer who is to be kept apart could hide their own run behind a word
 * about another. Where the pipeline has no tracking store, the names that the statements themselves carry have to do.
 */
export async function runsInQuestion(
  asked: string | undefined,
  { statements }: ReadApprovals,
  { model: { model, run }, environment, policy, policyFolder, loadRun }: RunsQuestion,
): Promise<Run[]> {
  if (asked !== undefined) return run === undefined ? [] : [run];
  if (!policy.signoff.environments[environment]?.separate_from?.length) return [];
  const named = statements
    .filter(({ modelId }) => modelId === model.modelId)
    .map(({ statement }) => statement.predicate)
    .filter((predicate) => predicate.environment === environment && opensSomething(predicate.decision));
  const runs: Run[] = [];
  for (const id of new Set(named.map((predicate) => predicate.run))) {
    const loaded = await loadRun(policy, policyFolder, id, { artifacts: 'not wanted' }).catch(() => undefined);
    if (loaded?.ok) runs.push(loaded.value);
  }
  return runs;
}
