import { posix } from 'node:path';
import { isAnotherApprovedIn } from './approved-elsewhere.ts';
import type { Case } from './case.ts';
import { type EligibilityRules, firstDifference, type Refusal, whyNotCounted } from './eligibility.ts';
import { encodeRunId } from './file-names.ts';
import { type JudgedGroup, judgeApprovals, judgeRollback } from './judge-group.ts';
import { quorumChecks } from './quorum-checks.ts';
import { fillSeats } from './seats.ts';
import { brokenSeparation, type Involved } from './separation.ts';
import { quorumKey, type SignedStatement } from './signed-statement.ts';
import { type Standing, standingOf } from './standing.ts';
import { opensSomething } from './statement.ts';
import { lacksTouch } from './touch.ts';
import { type CountedApproval, type IgnoredFile, type Reason, VERDICT_SCHEMA, type Verdict } from './verdict.ts';

/**
 * Decides whether the model may go live. A pure function: no file, no clock, no program. Every reason against it is
 * listed; where there is none, people in every required seat have signed exactly this, and nothing speaks against it.
 */
export function judge(input: Case): Verdict {
  const { environment, policy } = input;
  const require = policy.signoff.environments[environment]?.require ?? {};
  const here = input.approvals.statements.filter((each) => each.statement.predicate.environment === environment);
  const involved = involvedIn(input, here);
  const standing = standingOf(here, {
    require,
    roles: policy.signoff.roles,
    now: input.now,
    checksOf: (approvals) => quorumChecks(approvals, input),
    // Whoever may not approve this model may not take back a colleague's rejection of it either.
    mayLift: (approval) =>
      brokenSeparation(approval.person, policy.signoff, environment, involved) === undefined &&
      !lacksTouch(approval, policy),
  });
  const { counted, ignored: notCounted } = countApprovals(input, here, standing);
  const groups = groupsOf(counted, {
    ...{ ...input, require, involved, standing, here },
    isAnotherApprovedIn: (elsewhere) => isAnotherApprovedIn(input, elsewhere),
  });
  const best = groups.toSorted(byMerit)[0];
  // What a rollback rests on does not count by itself, and is not ignored either.
  const ignored = notCounted.filter(({ file }) => !best?.approvals.some((approval) => approval.file === file));

  const refusals = [
    ...(Object.keys(require).length === 0 ? [nothingDemanded(environment)] : []),
    ...whyBlocked(input, standing),
    ...(best === undefined ? nobodyApproved(input, ignored, standing) : best.refusals),
    ...(groups.length > 1 && !best?.seats.complete ? [disagreement()] : []),
  ];
  const reasons = refusals.length === 0 ? [] : withIgnored(refusals, ignored, input);
  return {
    schema: VERDICT_SCHEMA,
    approved: reasons.length === 0,
    reasons,
    approvals: (best?.approvals ?? []).map(asCounted),
    ignored: [...input.approvals.ignored, ...ignored],
    quorum: best?.seats.quorum ?? fillSeats(require, []).quorum,
  };
}

/** A verdict that refuses before people's approvals could be looked at. */
export function refusal(reasons: readonly Refusal[]): Verdict {
  return { schema: VERDICT_SCHEMA, approved: false, reasons, approvals: [], ignored: [], quorum: {} };
}

/** The approvals that count for the model, and, of those that might have, why they do not. */
export function countApprovals(
  input: Omit<Case, 'assessments' | 'live' | 'folder'>,
  here: readonly SignedStatement[],
  standing: Standing,
): { readonly counted: readonly SignedStatement[]; readonly ignored: readonly IgnoredFile[] } {
  const rules: EligibilityRules = { ...input, involved: involvedIn(input, here), standing };
  const counted: SignedStatement[] = [];
  const ignored: IgnoredFile[] = [];
  for (const statement of here) {
    if (!statement.inHead) continue;
    const why = whyIgnored(statement, rules);
    if (why === 'counts') counted.push(statement);
    else if (why !== 'elsewhere') ignored.push({ file: statement.file, ...why });
  }
  return { counted, ignored };
}

/** The names that statements for this model carry belong to it whoever signed them: one signer can't leave a trainer out. */
export function involvedIn(input: Pick<Case, 'involved' | 'model'>, here: readonly SignedStatement[]): Involved {
  const trained = here
    .filter(({ modelId }) => modelId === input.model.modelId)
    .flatMap(({ statement }) => statement.predicate.trained_by);
  return { ...input.involved, trained_by: [...input.involved.trained_by, ...trained] };
}

function whyIgnored(statement: SignedStatement, rules: EligibilityRules): Refusal | 'counts' | 'elsewhere' {
  const { decision, run } = statement.statement.predicate;
  // Rejections and revocations act through the standing; they are no approvals that could be ignored.
  if (!opensSomething(decision)) return 'elsewhere';
  // History is not a fault: approvals of other runs and their models are nothing to report.
  const sameRun = rules.run !== undefined && run === rules.run;
  if (!sameRun && statement.modelId !== rules.model.modelId) return 'elsewhere';
  return whyNotCounted(statement, rules) ?? 'counts';
}

/** Those who approve one and the same belong together; a rollback stands by itself, on the approvals of old. */
function groupsOf(counted: readonly SignedStatement[], rules: Parameters<typeof judgeApprovals>[1]): JudgedGroup[] {
  const isRollback = ({ statement }: SignedStatement) => statement.predicate.decision === 'rollback';
  const approvals = counted.filter((each) => !isRollback(each));
  return [
    ...[...Map.groupBy(approvals, quorumKey).values()].map((group) => judgeApprovals(group, rules)),
    ...counted.filter(isRollback).map((rollback) => judgeRollback(rollback, rules)),
  ];
}

function whyBlocked(input: Case, standing: Standing): Refusal[] {
  const { modelId } = input.model;
  const refusals: Refusal[] = standing.blockingRejects(modelId).map(({ person, statement }) => ({
    code: 'rejected',
    message: `${person} (${statement.predicate.role}) rejected this model: ${statement.predicate.comment || 'no reason given'}`,
  }));
  const others = new Set(
    standing.inForce
      .filter((quorum) => quorum.modelId !== modelId && !standing.hasExpired(quorum))
      .map((quorum) => quorum.modelId),
  );
  const here = standing.inForce.some((quorum) => quorum.modelId === modelId);
  if (here && others.size > 0) {
    refusals.push({
      code: 'fork',
      message: `Another model is approved for ${input.environment} beside this one (${[...others].join(', ')}): sign off one that supersedes both.`,
    });
  }
  return refusals;
}

/** The group that approves; else the one that comes nearest. The order of files never decides. */
function byMerit(a: JudgedGroup, b: JudgedGroup): number {
  const filled = (group: JudgedGroup) => Object.values(group.seats.quorum).reduce((sum, { have }) => sum + have, 0);
  return a.refusals.length - b.refusals.length || filled(b) - filled(a) || (idsOf(a) < idsOf(b) ? -1 : 1);
}

function idsOf(group: JudgedGroup): string {
  return group.approvals
    .map(({ id }) => id)
    .sort()
    .join();
}

/** When the model is refused, what was wrong with the files that might have approved it belongs to the reasons. */
function withIgnored(
  refusals: readonly Refusal[],
  ignoredHere: readonly IgnoredFile[],
  input: Case,
): Verdict['reasons'] {
  const folder = input.run === undefined ? '' : `/${encodeRunId(input.run)}/`;
  const unreadable = input.approvals.ignored.filter(
    ({ file }) => file.includes(folder) && posix.basename(file).startsWith(`${input.environment}.`),
  );
  const reasons: Reason[] = refusals.map(({ code, message }) => ({ code, message }));
  for (const { code, message } of [...ignoredHere, ...unreadable]) {
    if (!reasons.some((reason) => reason.code === code && reason.message === message)) reasons.push({ code, message });
  }
  return reasons;
}

function nothingDemanded(environment: string): Refusal {
  return {
    code: 'quorum-not-configured',
    message: `The policy demands nobody's approval for ${environment}, so nothing could be refused.`,
  };
}

function nobodyApproved(input: Case, ignored: readonly IgnoredFile[], standing: Standing): Refusal[] {
  const why = ignored.length > 0 ? 'No approval counts' : 'Nobody has approved these model files';
  const refusals: Refusal[] = [{ code: 'no-approval', message: `${why} for ${input.environment}.` }];
  const inForce = standing.inForce.find(({ modelId }) => modelId !== input.model.modelId)?.approvals[0];
  if (ignored.length === 0 && inForce !== undefined) {
    const difference = firstDifference(inForce, input.model.files);
    refusals.push({
      code: 'model-changed',
      message: `The model approved for ${input.environment} has other files: ${difference}.`,
    });
  }
  return refusals;
}

function disagreement(): Refusal {
  return {
    code: 'approvals-disagree',
    message:
      'The approvals name different runs, assessments or predecessors: those who signed the older one need to sign again.',
  };
}

export function asCounted({ id, person, key, statement }: SignedStatement): CountedApproval {
  const { role, issued, expires } = statement.predicate;
  return { id, person, role, key, issued, expires };
}
