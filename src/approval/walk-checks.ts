import type { Assessment } from '../checks/assessment.ts';
import type { Outcome } from '../checks/outcome.ts';
import type { Check, Policy } from '../policy/schema.ts';
import type { Refusal } from './eligibility.ts';
import { daysAfter, endOfDay, parseInstant } from './formats.ts';
import type { SignedStatement } from './signed-statement.ts';

/** What people may have said about a check, from approvals that count. */
export interface WalkRules {
  readonly policy: Policy;
  readonly environment: string;
  readonly approvals: readonly SignedStatement[];
  readonly now: number;
}

/** What an approval adds to an outcome. */
export type Overlay = 'accepted' | 'waived' | 'attested';

/**
 * Walks the policy's checks, never the assessment's outcomes: what is absent must block, and how severe a check is, the
 * policy says. Gives every reason why the assessment is not good enough.
 */
export function walkChecks(assessment: Assessment, rules: WalkRules): Refusal[] {
  const refusals: Refusal[] = [];
  let evaluated = 0;
  for (const [id, check] of Object.entries(rules.policy.checks)) {
    const outcomes = assessment.outcomes.filter((outcome) => outcome.id === id);
    const [outcome] = outcomes;
    if (outcome === undefined || outcomes.length > 1) {
      refusals.push({
        code: 'check-missing',
        message: `The assessment does not have one outcome for the check "${id}".`,
      });
      continue;
    }
    if (outcome.check !== check.check) {
      refusals.push({
        code: 'check-kind-differs',
        message: `The assessment evaluated "${id}" as "${outcome.check}", not as "${check.check}".`,
      });
      continue;
    }
    const overlay = overlayOf(id, check, outcome, rules);
    if (
      outcome.status === 'pass' ||
      outcome.status === 'fail' ||
      outcome.status === 'uncertain' ||
      overlay === 'attested'
    ) {
      evaluated++;
    }
    if (check.severity === 'advisory') continue;
    const refusal = whyNotOk(id, check, outcome, assessment, overlay, rules);
    if (refusal !== undefined) refusals.push(refusal);
  }
  if (evaluated === 0) {
    refusals.push({
      code: 'nothing-evaluated',
      message: 'Not one check was evaluated, so there is nothing to approve.',
    });
  }
  return refusals;
}

/** Acceptance, waiver or attestation that the approvals give to an outcome, where one is needed and allowed. */
export function overlayOf(id: string, check: Check, outcome: Outcome, rules: WalkRules): Overlay | undefined {
  const { approvals } = rules;
  if (check.check === 'attestation') {
    const attested = outcome.status === 'pending' && approvals.some((approval) => attests(approval, id, check));
    return attested ? 'attested' : undefined;
  }
  if (outcome.status === 'uncertain' && approvals.some((approval) => accepts(approval, id))) return 'accepted';
  const waivable = ['fail', 'uncertain', 'not_evaluable'].includes(outcome.status);
  return waivable && approvals.some((approval) => waives(approval, id, rules)) ? 'waived' : undefined;
}

function whyNotOk(
  id: string,
  check: Check,
  outcome: Outcome,
  assessment: Assessment,
  overlay: Overlay | undefined,
  rules: WalkRules,
): Refusal | undefined {
  // An attestation is only ever given by a person; an assessment that says "pass" for one is not to be believed.
  const status = check.check === 'attestation' && outcome.status === 'pass' ? 'pending' : outcome.status;
  if (status === 'not_applicable' && !mayBeNotApplicable(check, assessment)) {
    return {
      code: 'check-not-applicable',
      message: `The check "${id}" is called not applicable, but the policy gives no reason for that.`,
    };
  }
  if (rules.policy.signoff.environments[rules.environment]?.automatic === true) {
    return status === 'pass'
      ? undefined
      : {
          code: 'check-not-passed',
          message: `The check "${id}" is ${inWords(status)}: an automatic approval needs every required check to pass.`,
        };
  }
  if (overlay !== undefined) return undefined;
  switch (status) {
    case 'pass':
    case 'not_applicable':
      return undefined;
    case 'fail':
      return { code: 'check-failed', message: `The check "${id}" failed. ${outcome.message}` };
    case 'uncertain':
      return {
        code: 'check-uncertain',
        message: `The check "${id}" is uncertain, and nobody has accepted it. ${outcome.message}`,
      };
    case 'not_evaluable':
      return { code: 'check-not-evaluable', message: `The check "${id}" could not be evaluated. ${outcome.message}` };
    case 'pending':
      return { code: 'check-pending', message: `Nobody who may has attested "${id}" yet.` };
    default:
      return {
        code: 'check-status-unknown',
        message: `The check "${id}" has the status "${status}", which no assessment can have.`,
      };
  }
}

/** Declared in the policy, or a comparison with the model in force where none was in force. */
function mayBeNotApplicable(check: Check, assessment: Assessment): boolean {
  if (check.not_applicable !== undefined) return true;
  const against = 'against' in check ? check.against : undefined;
  return against !== undefined && !against.startsWith('run:') && assessment.baseline === null;
}

function accepts(approval: SignedStatement, id: string): boolean {
  return approval.statement.predicate.accepted.some(({ check }) => check === id);
}

function waives(approval: SignedStatement, id: string, rules: WalkRules): boolean {
  const allowed = rules.policy.signoff.waivers;
  const { predicate } = approval.statement;
  if (allowed === undefined || predicate.role !== allowed.role) return false;
  const latest = daysAfter(parseInstant(predicate.issued) ?? Number.NaN, allowed.max_days);
  return predicate.waivers.some(({ check, until }) => {
    const end = endOfDay(until) ?? Number.NaN;
    return check === id && end >= rules.now && end <= latest;
  });
}

function attests(approval: SignedStatement, id: string, check: Extract<Check, { check: 'attestation' }>): boolean {
  const { predicate } = approval.statement;
  if (check.role !== undefined && predicate.role !== check.role) return false;
  return predicate.attestations.some(
    (given) =>
      given.check === id &&
      given.statement === check.text &&
      (check.evidence !== 'required' || given.evidence.length > 0),
  );
}

function inWords(status: string): string {
  return status.replaceAll('_', ' ');
}
