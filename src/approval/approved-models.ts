import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { ApprovedModel, ApprovedModels, FindApproved } from '../checks/baselines.ts';
import { openRepository } from '../git/repository.ts';
import { environmentsComparedWith } from './approved-elsewhere.ts';
import type { SignedStatement } from './signed-statement.ts';
import { type ApprovalSituation, approvalSituation, predecessorOf } from './situation.ts';

/** Where to look for approvals, and for which environment the assessment is made. */
export interface ApprovalsPlace {
  /** Absolute. */
  readonly policyFile: string;
  /** The policy's last when not given. */
  readonly environment?: string | undefined;
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks up what is approved, as HEAD tells it, for the checks that compare with it. `checks` can't look itself, since
 * approvals stand above it. Outside a repository nobody knows what is approved, which is not the same as nothing.
 */
export function approvedModelsIn(place: ApprovalsPlace): FindApproved {
  return async ({ policy, modelId }) => {
    const folder = realpathSync(dirname(place.policyFile));
    const repository = await openRepository(folder);
    if (!repository.ok) return { baseline: null, baselines: undefined };
    const policyPath = relative(repository.value.topLevel, join(folder, basename(place.policyFile)));
    const asked = {
      repository: repository.value,
      policyPath: policyPath.replaceAll('\\', '/'),
      policy,
      now: place.now,
      signal: place.signal,
    };
    const environment = place.environment ?? Object.keys(policy.signoff.environments).at(-1);
    const baselines = new Map<string, ApprovedModel>();
    for (const name of new Set([...environmentsComparedWith(policy), environment])) {
      if (name === undefined || !Object.hasOwn(policy.signoff.environments, name)) continue;
      const model = newestOther(await approvalSituation({ ...asked, environment: name }), modelId ?? '');
      if (model !== undefined) baselines.set(name, model);
    }
    const own = environment === undefined ? undefined : baselines.get(environment);
    return { baseline: own?.modelId ?? null, baselines } satisfies ApprovedModels;
  };
}

/** The newest approved model other than this one. */
function newestOther(situation: ApprovalSituation, modelId: string): ApprovedModel | undefined {
  const predecessor = predecessorOf(situation, modelId);
  return predecessor === null ? undefined : withNewestRun(situation.statements, predecessor);
}

/** The model, and the run that its newest approval names; undefined where no approval is of it. */
export function withNewestRun(statements: readonly SignedStatement[], modelId: string): ApprovedModel | undefined {
  const approvals = statements
    .filter((each) => each.modelId === modelId && each.statement.predicate.decision === 'approve')
    .map(({ statement }) => statement.predicate)
    .sort((a, b) => (a.issued < b.issued ? -1 : 1));
  const run = approvals.at(-1)?.run;
  return run === undefined ? undefined : { modelId, runId: run };
}
