import { sha256Hex } from '../base/hashing.ts';
import { resolveCommit, withObjects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import type { Policy } from '../policy/schema.ts';
import type { AllowedSigners } from './allowed-signers.ts';
import { environmentsComparedWith } from './approved-elsewhere.ts';
import type { Case } from './case.ts';
import { assessmentPath, type SignoffFolder, signoffFolder } from './file-names.ts';
import { countApprovals, judge } from './judge.ts';
import { quorumChecks } from './quorum-checks.ts';
import { type ReadApprovals, readApprovals } from './read-approvals.ts';
import type { Involved } from './separation.ts';
import type { AssessmentFiles } from './signed-assessment.ts';
import type { SignedStatement } from './signed-statement.ts';
import { allowedSignersAt, approvalFilesAt, assessmentAt } from './signoff-files.ts';
import { type Standing, standingOf } from './standing.ts';
import type { IgnoredFile, Verdict } from './verdict.ts';

export interface SituationRequest {
  readonly repository: Repository;
  readonly policyPath: string;
  readonly policy: Policy;
  readonly environment: string;
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Who has signed what for an environment, as HEAD tells it. Good for showing and for preparing a sign-off; it is no
 * verdict that anything may trust, because HEAD's own signers judge it.
 */
export interface ApprovalSituation {
  readonly environment: string;
  readonly policy: Policy;
  readonly folder: SignoffFolder;
  /** Undefined before the first commit. */
  readonly head: string | undefined;
  readonly committedPolicy: Uint8Array | undefined;
  readonly hasAttributes: boolean;
  /** Undefined when HEAD has no `allowed_signers`. */
  readonly signers: AllowedSigners | undefined;
  readonly approvals: ReadApprovals;
  /** The valid statements of this environment. */
  readonly statements: readonly SignedStatement[];
  readonly standing: Standing;
  /** Bytes of the assessments that the statements name, and those of environments that checks compare with, by path. */
  readonly assessments: AssessmentFiles;
  readonly now: number;
}

const NO_SIGNERS: AllowedSigners = { byFingerprint: new Map(), problems: [] };

export async function approvalSituation(request: SituationRequest): Promise<ApprovalSituation> {
  const { repository, policyPath, policy, environment } = request;
  const folder = signoffFolder(policyPath);
  const now = request.now.getTime();
  const head = await resolveCommit(repository, 'HEAD');
  const nothing = {
    environment,
    policy,
    folder,
    head,
    now,
    signers: undefined,
    committedPolicy: undefined,
    hasAttributes: false,
  };
  if (head === undefined) {
    const approvals = { statements: [], ignored: [] };
    const none = { approvals, statements: [], assessments: new Map() };
    return { ...nothing, ...none, standing: standingByHead({ ...nothing, ...none }) };
  }
  return withObjects(
    repository,
    async (objects) => {
      const signers = await allowedSignersAt(objects, head, folder);
      const files = await approvalFilesAt(objects, head, { folder, model: policy.model, inHead: true });
      const approvals = readApprovals(files, { folder, policy, signers: signers ?? NO_SIGNERS, now });
      const statements = approvals.statements.filter((each) => each.statement.predicate.environment === environment);
      const assessments = new Map<string, Uint8Array | undefined>();
      const comparedWith = environmentsComparedWith(policy);
      for (const statement of approvals.statements) {
        const { environment: named } = statement.statement.predicate;
        if (named !== environment && !comparedWith.includes(named)) continue;
        const path = assessmentPathOf(folder, statement);
        if (!assessments.has(path)) assessments.set(path, await assessmentAt(objects, head, path));
      }
      const found = {
        ...nothing,
        signers,
        committedPolicy: await objects.blobAt(head, policyPath),
        hasAttributes: (await objects.blobAt(head, folder.attributes)) !== undefined,
        approvals,
        statements,
        assessments,
      };
      return { ...found, standing: standingByHead(found) };
    },
    request.signal,
  );
}

/** How the statements of a situation stand to each other. */
export function standingByHead(situation: Omit<ApprovalSituation, 'standing'>): Standing {
  const { policy, environment, statements, now } = situation;
  return standingOf(statements, {
    require: policy.signoff.environments[environment]?.require ?? {},
    roles: policy.signoff.roles,
    now,
    checksOf: (approvals) => checksByHead(situation, approvals),
  });
}

/** Whether what people signed together lets the model in by its checks, under HEAD's policy. */
export function checksByHead(
  situation: Omit<ApprovalSituation, 'standing'>,
  approvals: readonly SignedStatement[],
): 'hold' | 'fail' | 'unknown' {
  const { committedPolicy } = situation;
  const policySha256 = committedPolicy === undefined ? '' : sha256Hex(committedPolicy);
  return quorumChecks(approvals, { ...situation, policySha256 });
}

/** A model that someone looks at or signs for. */
export interface SituatedModel {
  readonly model: Case['model'];
  readonly run: string;
  /** Bytes of the policy that is being looked at, committed or not. */
  readonly policyBytes: Uint8Array;
  readonly involved?: Involved | undefined;
}

const NOBODY: Involved = { author: [], policy_author: [], trained_by: [] };

/** What `verify` would say if HEAD's signers were trusted: who has signed for this model, and what is missing. */
export function verdictByHead(situation: ApprovalSituation, subject: SituatedModel): Verdict {
  return judge(caseOf(situation, subject));
}

/**
 * The approvals that count for this model by HEAD's signers, and, where it was rolled back to, those of old that the
 * rollback rests on.
 */
export function countedByHead(situation: ApprovalSituation, subject: SituatedModel): readonly SignedStatement[] {
  const { counted } = countApprovals(caseOf(situation, subject), situation.statements, situation.standing);
  const ids = new Set([...counted, ...verdictByHead(situation, subject).approvals].map(({ id }) => id));
  return situation.statements.filter(({ id }) => ids.has(id));
}

/** The approvals that might have counted for this model, and why they do not. */
export function ignoredByHead(situation: ApprovalSituation, subject: SituatedModel): readonly IgnoredFile[] {
  return countApprovals(caseOf(situation, subject), situation.statements, situation.standing).ignored;
}

/** What is signed is a digest of the committed policy, so it has to be the one that was read. */
export function whyNotCommitted(
  { committedPolicy }: ApprovalSituation,
  { policyPath, policyBytes }: { readonly policyPath: string; readonly policyBytes: Uint8Array },
): string | undefined {
  if (committedPolicy === undefined)
    return `${policyPath} is not committed: commit it first, so that everybody signs under the same policy.`;
  return Buffer.compare(committedPolicy, policyBytes) === 0
    ? undefined
    : `${policyPath} has changes that are not committed: commit them first, so that everybody signs under the same policy.`;
}

/** The id of the model in force in the environment; null for none, or in a fork. */
export function modelInForce(situation: ApprovalSituation): string | null {
  const models = new Set(situation.standing.inForce.map(({ modelId }) => modelId));
  const [only] = models;
  return models.size === 1 && only !== undefined ? only : null;
}

/**
 * The model that an approval of `modelId` is to replace: the one in force. Signing again for the model in force itself
 * keeps its own predecessor, so that old and new signatures stay one quorum. In a fork: the other model.
 */
export function predecessorOf(situation: ApprovalSituation, modelId: string): string | null {
  const { inForce } = situation.standing;
  const others = inForce.filter((quorum) => quorum.modelId !== modelId).map((quorum) => quorum.modelId);
  const [other] = others.sort();
  if (other !== undefined) return other;
  return inForce.find((quorum) => quorum.modelId === modelId)?.replaces ?? null;
}

export function assessmentPathOf(folder: SignoffFolder, { statement }: SignedStatement): string {
  const { model, run, assessment } = statement.predicate;
  return assessmentPath(folder, model, run, assessment.sha256);
}

function caseOf(situation: ApprovalSituation, subject: SituatedModel): Case {
  return {
    folder: situation.folder,
    environment: situation.environment,
    policy: situation.policy,
    policySha256: sha256Hex(subject.policyBytes),
    approvals: situation.approvals,
    assessments: situation.assessments,
    model: subject.model,
    run: subject.run,
    involved: subject.involved ?? NOBODY,
    live: undefined,
    now: situation.now,
  };
}
