import { join, posix } from 'node:path';
import { fail, type ReportProgress, type Result, succeed } from '../base/result.ts';
import { type AssessInput, assess } from '../checks/assess.ts';
import type { Assessment } from '../checks/assessment.ts';
import type { ApprovedModels, FindApproved } from '../checks/baselines.ts';
import { loadRunForPolicy } from '../checks/wanted-artifacts.ts';
import { parsePolicy } from '../policy/parse.ts';
import { openRunSource } from '../runs/open-run-source.ts';
import { approvedModelsIn, withNewestRun } from './approved-models.ts';
import { assessmentDifferences } from './assessments-agree.ts';
import { type Judged, type Judgement, withReasons } from './judgement.ts';
import type { Verdict } from './verdict.ts';
import type { VerifyRequest } from './verify.ts';

export type Recheck = (
  request: VerifyRequest,
  judgement: Judgement,
  reportProgress: ReportProgress,
) => Promise<Result<Verdict>>;

/**
 * Evaluates the run that was signed again, under the trusted policy and against the baseline that was recorded, and adds
 * a reason for everything that comes out otherwise: same inputs, same statuses, numbers within 1e-9 relative.
 *
 * Where nothing was signed that could be evaluated, the verdict stays: it refuses already, or it is about going back to a
 * model whose evaluation belongs to another day and policy. Problem: what keeps an approved run from being evaluated here.
 */
export const recheck: Recheck = async (request, { verdict, judged }, reportProgress) => {
  const evaluatesAgain = judged?.counted.every(({ statement }) => statement.predicate.decision === 'approve');
  if (judged?.assessment === undefined || evaluatesAgain !== true) return succeed(verdict);
  const again = await evaluateAgain(request, judged, judged.assessment, reportProgress);
  if (!again.ok) return verdict.approved ? again : succeed(verdict);
  const differences = assessmentDifferences(judged.assessment, again.value);
  return succeed(
    withReasons(
      verdict,
      differences.map((message) => ({ code: 'recheck-differs', message })),
    ),
  );
};

async function evaluateAgain(
  request: VerifyRequest,
  judged: Judged,
  signed: Assessment,
  reportProgress: ReportProgress,
): Promise<Result<Assessment>> {
  const { policy, policyBytes } = judged;
  const { topLevel } = request.repository;
  const policyFolder = join(topLevel, posix.dirname(request.policyPath));
  const watch = { reportProgress, ...(request.signal === undefined ? {} : { signal: request.signal }) };
  const opened = await openRunSource(policy.run, policyFolder);
  if (!opened.ok) return impossible(opened.problem.message);
  try {
    const loadRun: AssessInput['loadRun'] = (id) => loadRunForPolicy(opened.value, id, policy, watch);
    const run = await loadRun(signed.run.id);
    if (!run.ok) return impossible(run.problem.message);
    const { assessment } = await assess({
      ...{ policyFile: join(topLevel, request.policyPath), policyBytes, policy, run: run.value, loadRun },
      positions: parsePolicy(Buffer.from(policyBytes).toString('utf8'), request.policyPath).positions,
      source: opened.value.source,
      findApproved: recordedBaseline(request, judged, signed),
      ...watch,
    });
    return succeed(assessment);
  } finally {
    opened.value.close();
  }
}

/** For the environment in question what was recorded; for others, what is approved there, as when it was signed. */
function recordedBaseline(request: VerifyRequest, judged: Judged, { baseline }: Assessment): FindApproved {
  const { repository, policyPath, environment, now, signal } = request;
  const approvedNow = approvedModelsIn({ policyFile: join(repository.topLevel, policyPath), environment, now, signal });
  return async (question): Promise<ApprovedModels> => {
    const { baselines } = await approvedNow(question);
    const others = [...(baselines ?? [])].filter(([name]) => name !== environment);
    if (baseline === null) return { baseline, baselines: new Map(others) };
    const here = judged.statements.filter((each) => each.statement.predicate.environment === environment);
    const recorded = withNewestRun(here, baseline);
    // A model was recorded of which no trusted statement is left: that is not the same as none.
    return { baseline, baselines: recorded === undefined ? undefined : new Map([...others, [environment, recorded]]) };
  };
}

function impossible<Value>(why: string): Result<Value> {
  return fail('recheck-impossible', `The run can't be evaluated again here: ${why}`);
}
