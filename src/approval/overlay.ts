import type { Assessment } from '../checks/assessment.ts';
import type { Outcome, Settled } from '../checks/outcome.ts';
import { summarise } from '../checks/summary.ts';
import type { Check } from '../policy/schema.ts';
import { outcomesAgree } from './assessments-agree.ts';
import { signedAssessment } from './signed-assessment.ts';
import type { SignedStatement } from './signed-statement.ts';
import { type ApprovalSituation, countedByHead, type SituatedModel } from './situation.ts';
import type { ApprovalPredicate } from './statement.ts';
import { attests, type Overlay, overlayOf, waiversNeeded, waiversOf } from './walk-checks.ts';

/** An assessment as people see it: what approvals add is laid over the outcomes and never written into its bytes. */
export interface OverlaidAssessment {
  readonly outcomes: readonly Outcome[];
  readonly summary: Assessment['summary'];
  /** Which outcomes were changed, by check id. */
  readonly overlays: ReadonlyMap<string, Overlay>;
}

/**
 * Lays acceptances, waivers and attestations of counting approvals over the outcomes. A waived check is `waived`; what
 * was attested or accepted is `pass`; who settled it, and until when, stands beside it and in its message.
 */
export function overlayApprovals(
  assessment: Assessment,
  situation: ApprovalSituation,
  subject: SituatedModel,
): OverlaidAssessment {
  const all = countedByHead(situation, subject).map((approval) => ({
    approval,
    signed: signedOutcomes(approval, situation),
  }));
  const { policy, environment, now } = situation;
  const overlays = new Map<string, Overlay>();
  const outcomes = assessment.outcomes.map((outcome) => {
    const check = Object.hasOwn(policy.checks, outcome.id) ? policy.checks[outcome.id] : undefined;
    if (check === undefined) return outcome;
    // What was said of another outcome than this one was not said of this one.
    const approvals = all
      .filter(({ signed }) => signed.some((each) => each.id === outcome.id && outcomesAgree(each, outcome)))
      .map(({ approval }) => approval);
    const overlay = overlayOf(outcome.id, check, outcome, { policy, environment, approvals, now });
    if (overlay === undefined) return outcome;
    overlays.set(outcome.id, overlay);
    const heard = approvals.filter((approval) => isHeard(approval, outcome.id, check, overlay, { policy, now }));
    return overlaid(outcome, overlay, heard, overlay === 'waived' ? waiversNeeded(policy) : 1);
  });
  return { outcomes, summary: summarise(outcomes, assessment.outcomes), overlays };
}

/** Whether what an approval says of a check is a part of why it is ok now: nobody is named for what has no effect. */
function isHeard(
  approval: SignedStatement,
  id: string,
  check: Check,
  overlay: Overlay,
  rules: Pick<ApprovalSituation, 'policy' | 'now'>,
): boolean {
  switch (overlay) {
    case 'accepted':
      return approval.statement.predicate.accepted.some((accepted) => accepted.check === id);
    case 'waived':
      return waiversOf([approval], id, rules).size > 0;
    case 'attested':
      return check.check === 'attestation' && attests(approval, id, check, rules.policy);
  }
}

function signedOutcomes(approval: SignedStatement, situation: ApprovalSituation): readonly Outcome[] {
  const found = signedAssessment([approval], situation);
  return 'refusal' in found ? [] : found.assessment.outcomes;
}

/** `needed` is how many people it takes. */
function overlaid(outcome: Outcome, how: Overlay, approvals: readonly SignedStatement[], needed: number): Outcome {
  const words = approvals.flatMap((approval) => wordsOf(outcome.id, how, approval));
  return {
    ...outcome,
    status: how === 'waived' ? 'waived' : 'pass',
    message: [...words, outcome.message].join(' '),
    settled: settledBy(outcome.id, how, approvals, needed),
  };
}

function settledBy(id: string, how: Overlay, approvals: readonly SignedStatement[], needed: number): Settled {
  const ends = new Map<string, string>();
  for (const { person, statement } of approvals) {
    const end = lastDayOf(id, how, statement.predicate);
    if (end > (ends.get(person) ?? '')) ends.set(person, end);
  }
  // It ends when too few are left: of those who are needed, the last ones count.
  const until = [...ends.values()].toSorted().at(-needed) ?? '';
  return { how, by: [...ends.keys()], until };
}

/** Nothing outlives the approval that it stands in. */
function lastDayOf(id: string, how: Overlay, { expires, waivers }: ApprovalPredicate): string {
  const end = expires.slice(0, 'YYYY-MM-DD'.length);
  const waived = waivers.filter(({ check }) => check === id).map(({ until }) => until);
  return how === 'waived' ? ([end, ...waived].toSorted()[0] ?? end) : end;
}

function wordsOf(id: string, overlay: Overlay, { person, statement }: SignedStatement): string[] {
  const { accepted, waivers, attestations, expires } = statement.predicate;
  switch (overlay) {
    case 'accepted':
      return accepted
        .filter(({ check }) => check === id)
        .map(({ reason }) => `Accepted by ${person} until ${expires.slice(0, 'YYYY-MM-DD'.length)}: ${reason}.`);
    case 'waived':
      return waivers
        .filter(({ check }) => check === id)
        .map(({ reason, until }) => `Waived by ${person} until ${until}: ${reason}.`);
    case 'attested':
      return attestations.filter(({ check }) => check === id).map(() => `Attested by ${person}.`);
  }
}
