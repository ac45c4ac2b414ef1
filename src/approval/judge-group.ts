import type { Case } from './case.ts';
import { isYetToCome, type Refusal, whyMayNotApprove } from './eligibility.ts';
import { whyNotGoBackTo } from './quorum-checks.ts';
import type { Require } from './quorums.ts';
import { type FilledSeats, fillSeats } from './seats.ts';
import type { Involved } from './separation.ts';
import { signedAssessment } from './signed-assessment.ts';
import { quorumKey, type SignedStatement } from './signed-statement.ts';
import { mayRollBack, type Standing } from './standing.ts';
import { walkChecks } from './walk-checks.ts';

/** Statements that count and together would let the model in, and what is wrong with them together. */
export interface JudgedGroup {
  readonly approvals: readonly SignedStatement[];
  readonly seats: FilledSeats;
  readonly refusals: readonly Refusal[];
}

export type GroupRules = Omit<Case, 'approvals' | 'run'> & {
  readonly require: Require;
  readonly involved: Involved;
  readonly standing: Standing;
  /** Every statement of the environment. */
  readonly here: readonly SignedStatement[];
  /** Whether another model is approved in another environment. */
  readonly isAnotherApprovedIn: (environment: string) => boolean;
};

/** Judges approvals that name one run, one assessment and one predecessor. */
export function judgeApprovals(approvals: readonly SignedStatement[], rules: GroupRules): JudgedGroup {
  const seats = fillSeats(rules.require, seatingsOf(approvals));
  const refusals: Refusal[] = [];
  for (const [role, { need, have }] of Object.entries(seats.quorum)) {
    if (have >= need) continue;
    refusals.push({
      code: 'quorum-incomplete',
      message: `The role "${role}" needs ${need === 1 ? '1 approval' : `${need} approvals by different people`} and has ${have}.`,
    });
  }
  refusals.push(...whyNotInPlaceOf(approvals, rules), ...judgeAssessment(approvals, rules));
  // What is approved is in force: whoever looks at the standing and whoever looks at the verdict see one thing.
  if (refusals.length === 0 && !isInForce(approvals, rules.standing)) {
    refusals.push({
      code: 'approvals-disagree',
      message: 'Some of the approvals were given before another model had its turn: those people need to sign again.',
    });
  }
  return { approvals, seats, refusals };
}

/**
 * Judges a rollback: one signature in a required role suffices, for a model that a complete quorum approved before, by
 * today's keys and demands. The age of those approvals, their policy and what superseded them play no part.
 */
export function judgeRollback(rollback: SignedStatement, rules: GroupRules): JudgedGroup {
  const { role } = rollback.statement.predicate;
  const refusals: Refusal[] = [];
  if (!mayRollBack(role, rules.require)) {
    refusals.push({
      code: 'rollback-role',
      message: `${rollback.person} rolled back in the role "${role}", which ${rules.environment} does not require.`,
    });
  }
  const old = rules.here.filter((approval) => mayRestOn(rollback, approval, rules));
  const [best] = rules.standing
    .quorumsAmong(old)
    .map(({ approvals }) => ({
      approvals,
      refusals: [...whyNotBack(rollback, approvals, rules), ...whyNotGoBackTo(approvals, rules)],
    }))
    .sort((a, b) => a.refusals.length - b.refusals.length);
  if (best === undefined) {
    refusals.push({
      code: 'rollback-without-quorum',
      message: `${rollback.person} rolled back to a model that not everybody who has to had approved.`,
    });
  }
  return {
    approvals: [rollback, ...(best?.approvals ?? [])],
    seats: fillSeats(rules.require, seatingsOf(best?.approvals ?? old)),
    refusals: [...refusals, ...whyNotInPlaceOf([rollback], rules), ...(best?.refusals ?? [])],
  };
}

function whyNotBack(
  rollback: SignedStatement,
  old: readonly SignedStatement[],
  { standing, environment }: GroupRules,
): Refusal[] {
  if (standing.goesBack(rollback, old)) return [];
  const message = `${rollback.person} rolled back from nothing: no other model was approved for ${environment} in this one's place, or it is not the one that was to be replaced.`;
  return [{ code: 'nothing-to-roll-back', message }];
}

function mayRestOn(rollback: SignedStatement, approval: SignedStatement, rules: GroupRules): boolean {
  const { run, assessment } = rollback.statement.predicate;
  const old = approval.statement.predicate;
  return (
    old.decision === 'approve' &&
    approval.inHead &&
    approval.modelId === rollback.modelId &&
    old.run === run &&
    old.assessment.sha256 === assessment.sha256 &&
    old.replaces !== approval.modelId &&
    !isYetToCome(old.issued, rules.now) &&
    !rules.standing.isRevoked(approval) &&
    whyMayNotApprove(approval, rules) === undefined
  );
}

function seatingsOf(approvals: readonly SignedStatement[]) {
  return approvals.map(({ person, statement }) => ({ person, role: statement.predicate.role }));
}

/** What runs now must be what is replaced, or the model itself. */
function whyNotInPlaceOf([first]: readonly SignedStatement[], { live, model }: GroupRules): Refusal[] {
  const replaces = first?.statement.predicate.replaces ?? null;
  if (live === undefined || live === model.modelId || live === (replaces ?? 'none')) return [];
  const message = `${live} runs now, but the approval is to replace ${replaces ?? 'nothing'}.`;
  return [{ code: 'live-differs', message }];
}

/** All approvals were given under the same policy for the same bytes, so one walk judges them all. */
function judgeAssessment(approvals: readonly SignedStatement[], rules: GroupRules): Refusal[] {
  const found = signedAssessment(approvals, rules);
  return 'refusal' in found ? [found.refusal] : walkChecks(found.assessment, { ...rules, approvals });
}

function isInForce([first]: readonly SignedStatement[], standing: Standing): boolean {
  if (first === undefined) return false;
  return standing.inForce.some(
    ({ approvals: [other], restsOn }) =>
      other !== undefined && restsOn === undefined && quorumKey(other) === quorumKey(first),
  );
}
