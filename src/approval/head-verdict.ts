import { dirname, join } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';
import { involvedByHead } from './involved-people.ts';
import { type LoadRun, loadRunOfPolicy, modelUnderJudgement } from './model-under-judgement.ts';
import { type ApprovalSituation, approvalSituation, type SituationRequest, verdictByHead } from './situation.ts';
import type { Verdict } from './verdict.ts';

export interface HeadVerdictRequest extends SituationRequest {
  readonly policyBytes: Uint8Array;
  /** The run whose model is meant; the one in force when not given. */
  readonly run?: string | undefined;
  readonly loadRun?: LoadRun;
}

export interface HeadVerdict {
  readonly situation: ApprovalSituation;
  readonly run: string;
  readonly modelId: string;
  readonly verdict: Verdict;
  /** Whether the model stands there because it was approved, or because it was rolled back to. */
  readonly by: 'approval' | 'rollback';
}

/**
 * What `verify` would say about a run's model if HEAD's own policy and signers were trusted. Good for telling people and
 * for ringing a pipeline, which asks `verify` itself.
 *
 * Problems: `not-approved` where no run is named and none is in force, and those of loading the run and its model.
 */
export async function headVerdict(request: HeadVerdictRequest): Promise<Result<HeadVerdict>> {
  const { repository, policyPath, policy, environment, policyBytes, signal } = request;
  const situation = await approvalSituation(request);
  const run = request.run ?? situation.standing.inForce[0]?.run;
  if (run === undefined || situation.head === undefined) {
    return fail('not-approved', `No model is approved for ${environment}.`);
  }
  const loadRun = request.loadRun ?? loadRunOfPolicy;
  const policyFolder = join(repository.topLevel, dirname(policyPath));
  const question = { modelPath: undefined, run, policy, policyFolder, loadRun, signal };
  const found = await modelUnderJudgement(question);
  if (!found.ok) return found;
  const { model } = found.value;
  const runs = found.value.run === undefined ? [] : [found.value.run];
  const involved = await involvedByHead(request, situation.head, { runs, modelPath: model.path });
  const verdict = verdictByHead(situation, { model, run, policyBytes, involved });
  const rollbacks = situation.statements.filter(({ statement }) => statement.predicate.decision === 'rollback');
  const byRollback = verdict.approvals.some(({ id }) => rollbacks.some((rollback) => rollback.id === id));
  return succeed({ situation, run, modelId: model.modelId, verdict, by: byRollback ? 'rollback' : 'approval' });
}
