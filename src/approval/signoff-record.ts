import type { ModelFiles } from '../evidence/model-files.ts';
import { mainBranchOf } from '../git/main-branch.ts';
import type { Repository } from '../git/repository.ts';
import type { Policy } from '../policy/schema.ts';
import type { Run } from '../runs/run.ts';
import { formatInstant } from './formats.ts';
import { type History, historyOf } from './history.ts';
import { type SaidOnChecks, saidOnChecks } from './history-evidence.ts';
import { involvedByHead } from './involved-people.ts';
import {
  type ApprovalSituation,
  approvalSituation,
  assessmentPathOf,
  countedByHead,
  predecessorOf,
  type SituatedModel,
  verdictByHead,
} from './situation.ts';
import type { Verdict } from './verdict.ts';

/** What people signed about one model for one environment. */
export interface EnvironmentRecord {
  readonly environment: string;
  /** What `verify` would say if HEAD's own policy and signers were trusted. */
  readonly verdict: Verdict;
  readonly standing: 'approved' | 'rejected' | 'open';
  /** The model that an approval would replace, by id. */
  readonly replaces: string | null;
  /** What the approvals that count say of single checks. */
  readonly said: SaidOnChecks;
  /** The assessments that those approvals name; paths are relative to the repository's top level. */
  readonly assessments: readonly { readonly path: string; readonly sha256: string }[];
}

/** Everything that HEAD holds about the sign-off of one model, as plain data for those who read it later. */
export interface SignoffRecord {
  /** The commit that was read. */
  readonly commit: string;
  /** `YYYY-MM-DD`, in UTC: what has expired is judged by it. */
  readonly judgedOn: string;
  /** The remote-tracking branch that most likely is protected; undefined where no remote named one. */
  readonly protectedBranch: string | undefined;
  /** In the policy's order; empty for a run without model files. */
  readonly environments: readonly EnvironmentRecord[];
  readonly history: History;
}

export interface RecordRequest {
  readonly repository: Repository;
  readonly policyPath: string;
  readonly policy: Policy;
  readonly policyBytes: Uint8Array;
  readonly run: Run;
  readonly model: ModelFiles | undefined;
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
}

const LENGTH_OF_DAY = 'YYYY-MM-DD'.length;

/** Reads the record; undefined before the first commit. It is for telling people: only `verify` is to be relied on. */
export async function signoffRecord(request: RecordRequest): Promise<SignoffRecord | undefined> {
  const { repository, policy, now } = request;
  const names = Object.keys(policy.signoff.environments);
  const environments: EnvironmentRecord[] = [];
  let commit: string | undefined;
  for (const environment of names) {
    const situation = await approvalSituation({ ...request, environment });
    commit ??= situation.head;
    const subject = await subjectOf(situation, request);
    if (subject !== undefined) environments.push(environmentRecord(situation, subject));
  }
  if (commit === undefined) return undefined;
  return {
    commit,
    judgedOn: formatInstant(now.getTime()).slice(0, LENGTH_OF_DAY),
    protectedBranch: await mainBranchOf(repository),
    environments,
    history: await historyOf({ ...request, environments: names }),
  };
}

async function subjectOf(
  { head, environment }: ApprovalSituation,
  request: RecordRequest,
): Promise<SituatedModel | undefined> {
  const { policyBytes, run, model } = request;
  if (model === undefined || head === undefined) return undefined;
  const involved = await involvedByHead({ ...request, environment }, head, { runs: [run], modelPath: model.path });
  return { model, run: run.id, policyBytes, involved };
}

function environmentRecord(situation: ApprovalSituation, subject: SituatedModel): EnvironmentRecord {
  const { environment, folder, standing } = situation;
  const { modelId } = subject.model;
  const verdict = verdictByHead(situation, subject);
  const counted = countedByHead(situation, subject);
  const assessments = new Map(
    counted.map((each) => [assessmentPathOf(folder, each), each.statement.predicate.assessment.sha256]),
  );
  const isRejected = standing.blockingRejects(modelId).length > 0;
  return {
    environment,
    verdict,
    standing: verdict.approved ? 'approved' : isRejected ? 'rejected' : 'open',
    replaces: predecessorOf(situation, modelId),
    said: saidOnChecks(counted),
    assessments: [...assessments].map(([path, sha256]) => ({ path, sha256 })),
  };
}
