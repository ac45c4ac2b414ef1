import { dirname, join } from 'node:path';
import { sha256Hex } from '../base/hashing.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { TOOL } from '../base/tool.ts';
import { listModelFiles } from '../evidence/model-files.ts';
import type { SigningKey } from '../git/keys.ts';
import { isBlank } from '../policy/schema/words.ts';
import type { Run } from '../runs/run.ts';
import type { ShownStatement } from './changed-since-shown.ts';
import { formatInstant, lifetimeOf } from './formats.ts';
import { involvedByHead } from './involved-people.ts';
import { type LoadRun, loadRunOfPolicy } from './model-under-judgement.ts';
import { preparedStatement } from './prepared-statement.ts';
import type { Quorum } from './quorums.ts';
import { quote } from './quote.ts';
import { rollbackTargets } from './rollback-targets.ts';
import { type Involved, missingHistoryWarning } from './separation.ts';
import { chooseRole, signerOfKey } from './signer-of-key.ts';
import {
  type ApprovalSituation,
  approvalSituation,
  predecessorOf,
  type SituationRequest,
  whyNotCommitted,
} from './situation.ts';
import { mayRollBack } from './standing.ts';
import type { ApprovalStatement } from './statement.ts';
import { supersededBy } from './superseding.ts';
import { verdictIfSigned } from './verdict-if-signed.ts';

export interface RollbackRequest extends SituationRequest {
  /** Of the policy in the work tree, which has to be the committed one. */
  readonly policyBytes: Uint8Array;
  readonly key: SigningKey;
  readonly role?: string | undefined;
  /** Why: it is signed. */
  readonly comment: string;
  /** The run to go back to; the last approved one whose files are there when not given. */
  readonly run?: string | undefined;
  readonly loadRun?: LoadRun;
}

/** Everything that will be signed and committed, ready to be shown. `completeRollback` does it. */
export interface PreparedRollback extends ShownStatement {
  /** Ids of the models. `from` has several where two were in force. */
  readonly from: readonly string[];
  readonly to: { readonly modelId: string; readonly run: string };
  /** Versions that stood nearer and can't be gone back to, and why. Sentences. */
  readonly passedOver: readonly string[];
}

/** A version that may be gone back to: its files are there, and with this statement `verify` would accept it. */
interface Target {
  readonly quorum: Quorum;
  readonly run: Run;
  readonly statement: ApprovalStatement;
  readonly involved: Involved;
}

/**
 * Finds the last approved version whose files still exist and hash right, and builds the statement that goes back to it.
 *
 * Problems: those of `signerOfKey` and `chooseRole`, `comment-missing`, `policy-not-committed`, `role-not-required`,
 * `nothing-to-roll-back`, `nothing-to-go-back-to`.
 */
export async function prepareRollback(request: RollbackRequest): Promise<Result<PreparedRollback>> {
  const { policy, environment, repository, policyPath } = request;
  if (isBlank(request.comment)) return fail('comment-missing', 'Say why in a comment: it is signed.');
  const situation = await approvalSituation(request);
  const uncommitted = whyNotCommitted(situation, request);
  if (uncommitted !== undefined) return fail('policy-not-committed', uncommitted);
  const signer = signerOfKey(situation, request.key, 'rollback');
  if (!signer.ok) return signer;
  const role = chooseRole(signer.value.person, policy, environment, request.role);
  if (!role.ok) return role;
  if (!mayRollBack(role.value, policy.signoff.environments[environment]?.require ?? {})) {
    return fail(
      'role-not-required',
      `Only the roles that ${environment} requires roll back, and "${role.value}" is none.`,
    );
  }
  const from = [...new Set(situation.standing.latest.map(({ modelId }) => modelId))].sort();
  if (from.length === 0) {
    return fail(
      'nothing-to-roll-back',
      `No model is approved for ${environment}, so there is nothing to go back from.`,
    );
  }
  const passedOver: string[] = [];
  for (const quorum of rollbackTargets(situation.standing)) {
    if (request.run !== undefined && quorum.run !== request.run) continue;
    const target = await tryTarget(request, situation, quorum, { person: signer.value.person, role: role.value });
    if (!target.ok) {
      passedOver.push(`${policy.model} of run ${quorum.run}: ${target.problem.message}`);
      continue;
    }
    const prepared = preparedStatement(request, situation, target.value.statement);
    const policyFolder = join(repository.topLevel, dirname(policyPath));
    return succeed({
      ...prepared,
      openPoints: [...missingHistoryWarning(target.value.involved, repository), ...prepared.openPoints],
      from,
      to: { modelId: quorum.modelId, run: quorum.run },
      passedOver,
      modelSource: { artifact: policy.run.artifact, run: target.value.run, policyFolder },
    });
  }
  return fail('nothing-to-go-back-to', whyNowhere(request, passedOver));
}

function whyNowhere({ environment, run }: RollbackRequest, passedOver: readonly string[]): string {
  if (passedOver.length > 0) return `There is nothing to go back to. ${passedOver.join(' ')}`;
  return run === undefined
    ? `The model in force for ${environment} replaced none, so there is nothing to go back to.`
    : `No model of run ${quote(run)} was approved for ${environment} before the one in force.`;
}

async function tryTarget(
  request: RollbackRequest,
  situation: ApprovalSituation,
  quorum: Quorum,
  signer: { readonly person: string; readonly role: string },
): Promise<Result<Target>> {
  const { policy, repository, policyPath, signal } = request;
  const policyFolder = join(repository.topLevel, dirname(policyPath));
  const load = request.loadRun ?? loadRunOfPolicy;
  const run = await load(policy, policyFolder, quorum.run, { artifacts: 'wanted', ...(signal && { signal }) });
  if (!run.ok) return run;
  const model = await listModelFiles(policy.run.artifact, {
    ...{ run: run.value, policyFolder, signal, pointers: 'resolve pointers' as const },
  });
  if (!model.ok) return model;
  if (model.value.modelId !== quorum.modelId) {
    return fail('model-changed', 'its files are not those that were approved.');
  }
  const statement = rollbackStatement(request, situation, quorum, signer);
  const subject = { runs: [run.value], modelPath: model.value.path };
  const involved = await involvedByHead(request, situation.head ?? '', subject);
  const { policyBytes, key } = request;
  const verdict = verdictIfSigned(situation, statement, { key, policyBytes, involved });
  const [refusal] = verdict.reasons;
  return refusal === undefined
    ? succeed({ quorum, run: run.value, statement, involved })
    : fail(refusal.code, refusal.message);
}

function rollbackStatement(
  { policy, policyBytes, environment, comment }: RollbackRequest,
  situation: ApprovalSituation,
  quorum: Quorum,
  { person, role }: { readonly person: string; readonly role: string },
): ApprovalStatement {
  const [origin] = quorum.approvals;
  if (origin === undefined) throw new Error('A quorum has at least one approval.');
  const issued = Math.floor(situation.now / 1000) * 1000;
  const trainers = quorum.approvals.flatMap(({ statement }) => statement.predicate.trained_by);
  return {
    ...origin.statement,
    predicate: {
      ...origin.statement.predicate,
      decision: 'rollback',
      role,
      approver: person,
      comment,
      policy: { sha256: sha256Hex(policyBytes) },
      accepted: [],
      waivers: [],
      attestations: [],
      replaces: replacedBy(situation, quorum.modelId),
      supersedes: supersededBy(situation, { person, role, decision: 'rollback' }, quorum.modelId),
      deployment: { strategy: null, rollback_to: quorum.modelId },
      trained_by: [...new Set(trainers)],
      issued: formatInstant(issued),
      expires: formatInstant(issued + lifetimeOf(policy.signoff.environments[environment]?.expires_after)),
      tool: { name: TOOL.name, version: TOOL.version },
    },
  };
}

/** What most likely runs: the model in force, or the one whose approvals were revoked since. */
function replacedBy(situation: ApprovalSituation, modelId: string): string | null {
  return predecessorOf(situation, modelId) ?? situation.standing.latest[0]?.modelId ?? null;
}
