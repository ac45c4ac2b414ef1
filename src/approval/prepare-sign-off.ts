import { dirname, join } from 'node:path';
import { sha256Hex } from '../base/hashing.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { TOOL } from '../base/tool.ts';
import type { Assessment } from '../checks/assessment.ts';
import type { Assessed } from '../checks/load-and-assess.ts';
import { assessmentBytes } from '../checks/serialise.ts';
import { unfinishedSentence } from '../checks/unfinished-run.ts';
import type { SigningKey } from '../git/keys.ts';
import type { Repository } from '../git/repository.ts';
import { assessmentsAgree } from './assessments-agree.ts';
import { type AttestationRequest, attestationsOf } from './attestation-evidence.ts';
import type { ShownStatement } from './changed-since-shown.ts';
import { checkWhatIsSaid } from './check-what-is-said.ts';
import { assessmentPath } from './file-names.ts';
import { formatInstant, lifetimeOf } from './formats.ts';
import { involvedByHead } from './involved-people.ts';
import { trainersOf } from './model-under-judgement.ts';
import { openPointsAfter } from './open-points.ts';
import { policyLanding } from './policy-landing.ts';
import { preparedStatement } from './prepared-statement.ts';
import { readAssessment } from './read-assessment.ts';
import { brokenSeparation, type Involved, isMachineAndPerson, machineRoles } from './separation.ts';
import { chooseRole, signerOfKey } from './signer-of-key.ts';
import {
  type ApprovalSituation,
  approvalSituation,
  assessmentPathOf,
  predecessorOf,
  whyNotCommitted,
} from './situation.ts';
import {
  type AcceptedOutcome,
  type ApprovalStatement,
  PREDICATE_TYPE,
  STATEMENT_TYPE,
  type Waiver,
} from './statement.ts';
import { supersededBy } from './superseding.ts';
import { verdictIfSigned } from './verdict-if-signed.ts';

export interface SignOffRequest {
  readonly repository: Repository;
  /** Relative to the repository's top level. */
  readonly policyPath: string;
  readonly environment: string;
  readonly decision: 'approve' | 'reject';
  /** What was just evaluated: this function evaluates nothing itself. */
  readonly assessed: Pick<Assessed, 'assessment' | 'policy' | 'policyBytes' | 'run' | 'modelFiles'>;
  readonly key: SigningKey;
  /** Needed only by somebody who has several. */
  readonly role?: string | undefined;
  readonly accepted?: readonly AcceptedOutcome[];
  readonly waivers?: readonly Waiver[];
  readonly attestations?: readonly AttestationRequest[];
  readonly comment?: string;
  readonly strategy?: string | null;
  /** The protected branch, whose policy decides; what the remote calls its main branch when not given. */
  readonly trustedRef?: string | undefined;
  /** A machine signs by itself: only where the policy allows it, the run is finished and every required check passes. */
  readonly by?: 'person' | 'machine';
  readonly now: Date;
}

/** Everything that will be signed and committed, ready to be shown. */
export interface PreparedSignOff extends ShownStatement {
  readonly assessmentPath: string;
  readonly assessmentBytes: Uint8Array;
}

/**
 * Builds the statement from a fresh assessment, and checks that this person may sign it. A problem means "may not sign",
 * in words; open points do not stop anybody, since others' signatures may still close them.
 */
export async function prepareSignOff(request: SignOffRequest): Promise<Result<PreparedSignOff>> {
  const { assessed, environment } = request;
  const { policy, modelFiles } = assessed;
  if (!Object.hasOwn(policy.signoff.environments, environment)) {
    return fail('environment-unknown', `The policy has no environment "${environment}".`);
  }
  if (modelFiles === undefined)
    return fail('model-missing', 'The run has no model files here, so there is nothing to sign for.');
  const situation = await approvalSituation({ ...request, policy });
  const uncommitted = whyNotCommitted(situation, { policyPath: request.policyPath, policyBytes: assessed.policyBytes });
  if (uncommitted !== undefined) return fail('policy-not-committed', uncommitted);
  const signer = signerOfKey(situation, request.key, request.decision);
  if (!signer.ok) return signer;
  const { person } = signer.value;
  const role = chooseRole(person, policy, environment, request.role);
  if (!role.ok) return role;
  const involved = await whoIsInvolved(request, situation);
  const kept = request.decision === 'approve' ? whyKeptApart(person, request, involved) : undefined;
  if (kept !== undefined) return fail('not-separate', kept);

  const replaces = predecessorOf(situation, modelFiles.modelId);
  const fresh = withBaseline(assessed.assessment, replaces, policy);
  if (!fresh.ok) return fresh;
  const policyFolder = join(request.repository.topLevel, dirname(request.policyPath));
  const attestations = await attestationsOf(request.attestations ?? [], policy, policyFolder);
  if (!attestations.ok) return attestations;
  const said = { accepted: request.accepted ?? [], waivers: request.waivers ?? [], attestations: attestations.value };
  const speaker = { role: role.value, policy, assessment: fresh.value, now: situation.now };
  const allowed = checkWhatIsSaid(said, speaker);
  if (!allowed.ok) return allowed;

  const bytes = existingAssessment(situation, fresh.value, modelFiles.modelId) ?? assessmentBytes(fresh.value);
  const issued = Math.floor(situation.now / 1000) * 1000;
  const statement: ApprovalStatement = {
    _type: STATEMENT_TYPE,
    subject: modelFiles.files.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    predicateType: PREDICATE_TYPE,
    predicate: {
      project: policy.project,
      model: policy.model,
      run: assessed.run.id,
      environment,
      decision: request.decision,
      role: role.value,
      approver: person,
      comment: request.comment ?? '',
      policy: { sha256: sha256Hex(assessed.policyBytes) },
      assessment: { sha256: sha256Hex(bytes) },
      ...said,
      replaces,
      supersedes: supersededBy(situation, { person, role: role.value, decision: request.decision }, modelFiles.modelId),
      deployment: { strategy: request.strategy ?? null, rollback_to: replaces },
      trained_by: trainersOf(assessed.run),
      issued: formatInstant(issued),
      expires: formatInstant(issued + lifetimeOf(policy.signoff.environments[environment]?.expires_after)),
      tool: { name: TOOL.name, version: TOOL.version },
    },
  };
  const landing = await policyLanding({ ...request, policy, policyBytes: assessed.policyBytes });
  if (!landing.ok) return landing;
  const unfinished = unfinishedSentence(assessed.run);
  if (request.by === 'machine') {
    const refused = unfinished ?? whyNotAutomatic(request, situation, statement, { bytes, involved });
    if (refused !== undefined) return fail('automatic-refused', refused);
  }
  const prepared = preparedStatement(request, situation, statement);
  const { predicate } = prepared.statement;
  return succeed({
    ...prepared,
    assessmentPath: assessmentPath(situation.folder, predicate.model, predicate.run, predicate.assessment.sha256),
    assessmentBytes: bytes,
    openPoints: [
      ...landing.value,
      ...(unfinished === undefined ? [] : [unfinished]),
      ...openPointsAfter(request, situation, prepared.statement, bytes, involved),
      ...prepared.openPoints,
    ],
    modelSource: { artifact: policy.run.artifact, run: assessed.run, policyFolder },
  });
}

function whoIsInvolved(request: SignOffRequest, situation: ApprovalSituation): Promise<Involved> {
  const { policy, run, modelFiles } = request.assessed;
  const subject = { runs: [run], modelPath: modelFiles?.path };
  return involvedByHead({ ...request, policy }, situation.head ?? '', subject);
}

function whyKeptApart(
  person: string,
  { assessed, environment }: SignOffRequest,
  involved: Involved,
): string | undefined {
  const broken = brokenSeparation(person, assessed.policy.signoff, environment, involved);
  if (broken !== undefined) {
    return `${person} may not approve for ${environment}: the policy keeps approvers separate from "${broken}", which is ${involved[broken].join(', ')}.`;
  }
  return isMachineAndPerson(person, assessed.policy.signoff)
    ? `${person} has roles both of an automatic environment and of one that needs people, so their approval counts in neither.`
    : undefined;
}

/**
 * The predecessor becomes part of the assessment. Where a check compares with it, only a new evaluation can tell what
 * that means; elsewhere it is a name that is written down.
 */
function withBaseline(
  assessment: Assessment,
  replaces: string | null,
  policy: SignOffRequest['assessed']['policy'],
): Result<Assessment> {
  if (assessment.baseline === replaces) return succeed(assessment);
  if (Object.values(policy.checks).some((check) => 'against' in check && check.against !== undefined)) {
    return fail(
      'baseline-differs',
      `The assessment was made against ${assessment.baseline ?? 'no model'}, but ${replaces ?? 'no model'} is in force: evaluate again.`,
    );
  }
  return succeed({ ...assessment, baseline: replaces });
}

/** A machine signs only what is right as it stands, but for what further machines have to sign. */
function whyNotAutomatic(
  { environment, assessed, key }: SignOffRequest,
  situation: ApprovalSituation,
  statement: ApprovalStatement,
  { bytes, involved }: { readonly bytes: Uint8Array; readonly involved: Involved },
): string | undefined {
  const { policy, policyBytes } = assessed;
  const { role, approver } = statement.predicate;
  if (policy.signoff.environments[environment]?.automatic !== true) {
    return `The policy does not allow automatic approval for ${environment}: a person has to sign.`;
  }
  if (!machineRoles(policy.signoff).has(role)) {
    return `${approver} would sign as "${role}", which is no role of machines: automatic approval is theirs.`;
  }
  const verdict = verdictIfSigned(situation, statement, { key, assessmentBytes: bytes, policyBytes, involved });
  return verdict.reasons.find(({ code }) => code !== 'quorum-incomplete' && code !== 'superseded')?.message;
}

/** An assessment that others have signed and that says the same: signing it again keeps one quorum together. */
function existingAssessment(situation: ApprovalSituation, fresh: Assessment, modelId: string): Uint8Array | undefined {
  for (const statement of situation.statements) {
    if (statement.modelId !== modelId || statement.statement.predicate.decision !== 'approve') continue;
    const bytes = situation.assessments.get(assessmentPathOf(situation.folder, statement));
    if (bytes === undefined || sha256Hex(bytes) !== statement.statement.predicate.assessment.sha256) continue;
    const existing = readAssessment(bytes);
    if (existing.ok && assessmentsAgree(existing.value, fresh)) return bytes;
  }
  return undefined;
}
