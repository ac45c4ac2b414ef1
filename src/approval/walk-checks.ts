import { sha256Hex } from '../base/hashing.ts';
import type { Assessment } from '../checks/assessment.ts';
import type { Outcome } from '../checks/outcome.ts';
import type { Check, Policy } from '../policy/schema.ts';
import type { Refusal } from './eligibility.ts';
import { daysAfter, endOfDay, parseInstant } from './formats.ts';
import { machineRoles } from './separation.ts';
import type { SignedStatement } from './signed-statement.ts';

/** An empty file shows nothing. */
const SHA256_OF_NOTHING = sha256Hex('');

/** What people may have said about a check, from approvals that count. */
export interface WalkRules {
  readonly policy: Policy;
  readonly environment: string;
  readonly approvals: readonly SignedStatement[];
  readonly now: number;
  /**
   * Whether another model is approved in an environment other than this one, now. Not given where the question is what
   * held when people signed, which nobody can tell of other environments.
   */
  readonly isAnotherApprovedIn?: (environment: string) => boolean;
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
    if (isEvaluated(check, outcome, overlay)) evaluated++;
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

/** Whether something speaks for the model: what failed does not, unless somebody waived what was found. */
function isEvaluated({ check }: Check, { status }: Outcome, overlay: Overlay | undefined): boolean {
  return (status === 'pass' && check !== 'attestation') || (overlay !== undefined && status !== 'not_evaluable');
}

/** Acceptance, waiver or attestation that the approvals give to an outcome, where one is needed and allowed. */
export function overlayOf(id: string, check: Check, outcome: Outcome, rules: WalkRules): Overlay | undefined {
  const { approvals } = rules;
  if (check.check === 'attestation') {
    const attested =
      outcome.status === 'pending' && approvals.some((approval) => attests(approval, id, check, rules.policy));
    return attested ? 'attested' : undefined;
  }
  if (outcome.status === 'uncertain' && approvals.some((approval) => accepts(approval, id))) return 'accepted';
  const waivable = ['fail', 'uncertain', 'not_evaluable'].includes(outcome.status);
  return waivable && mayWaive(approvals, id, rules) ? 'waived' : undefined;
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
  const unexcused = status === 'not_applicable' ? whyNotInapplicable(check, assessment, rules) : undefined;
  if (unexcused !== undefined) {
    return { code: 'check-not-applicable', message: `The check "${id}" is called not applicable, but ${unexcused}.` };
  }
  if (rules.policy.signoff.environments[rules.environment]?.automatic === true) {
    return passesByItself(check, status, overlay)
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
      return {
        code: 'check-failed',
        message: `The check "${id}" failed. ${outcome.message}${secondWaiverMissing(id, rules)}`,
      };
    case 'uncertain':
      return {
        code: 'check-uncertain',
        message: `The check "${id}" is uncertain, and nobody has accepted it. ${outcome.message}${secondWaiverMissing(id, rules)}`,
      };
    case 'not_evaluable':
      return {
        code: 'check-not-evaluable',
        message: `The check "${id}" could not be evaluated. ${outcome.message}${secondWaiverMissing(id, rules)}`,
      };
    case 'pending':
      return { code: 'check-pending', message: `Nobody who may has attested "${id}" yet.` };
    default:
      return {
        code: 'check-status-unknown',
        message: `The check "${id}" has the status "${status}", which no assessment can have.`,
      };
  }
}

/**
 * Where nobody looks, nothing is excused: neither what is uncertain nor a first model without anything to compare with.
 * What only people can say, people have to have said; what the policy itself calls not applicable is not asked.
 */
function passesByItself(check: Check, status: string, overlay: Overlay | undefined): boolean {
  if (status === 'not_applicable') return check.not_applicable !== undefined;
  return status === 'pass' || overlay === 'attested';
}

/**
 * Why a check can't be inapplicable; undefined where it is declared so in the policy, or compares with the model in force
 * where none is. The assessment records the one of its own environment alone.
 */
function whyNotInapplicable(
  check: Check,
  { baseline }: Assessment,
  { environment, isAnotherApprovedIn }: WalkRules,
): string | undefined {
  if (check.not_applicable !== undefined) return undefined;
  const against = 'against' in check ? check.against : undefined;
  if (against === undefined || against.startsWith('run:')) return 'the policy gives no reason for that';
  if (against === environment) return baseline === null ? undefined : 'the approval is to replace a model';
  return isAnotherApprovedIn?.(against) === true
    ? `a model is approved for ${against}, with which it is to be compared: evaluate again, and sign that`
    : undefined;
}

function accepts(approval: SignedStatement, id: string): boolean {
  return approval.statement.predicate.accepted.some(({ check }) => check === id);
}

/** Whether the approvals waive a check: one person of the role, or two where the policy asks for a second. */
export function mayWaive(
  approvals: readonly SignedStatement[],
  id: string,
  rules: Pick<WalkRules, 'policy' | 'now'>,
): boolean {
  return waiversOf(approvals, id, rules).size >= waiversNeeded(rules.policy);
}

/** How many people of the role it takes to waive a check. */
export function waiversNeeded({ signoff }: Policy): number {
  return signoff.waivers?.second_person === true ? 2 : 1;
}

/** Who waives the check now, in the role that may. */
export function waiversOf(
  approvals: readonly SignedStatement[],
  id: string,
  { policy, now }: Pick<WalkRules, 'policy' | 'now'>,
): ReadonlySet<string> {
  const allowed = policy.signoff.waivers;
  const waiving = approvals.filter(({ statement: { predicate } }) => {
    if (allowed === undefined || predicate.role !== allowed.role) return false;
    const latest = daysAfter(parseInstant(predicate.issued) ?? Number.NaN, allowed.max_days);
    return predicate.waivers.some(({ check, until }) => {
      const end = endOfDay(until) ?? Number.NaN;
      return check === id && end >= now && end <= latest;
    });
  });
  return new Set(waiving.map(({ person }) => person));
}

function secondWaiverMissing(id: string, rules: WalkRules): string {
  const [person] = waiversOf(rules.approvals, id, rules);
  return person === undefined ? '' : ` ${person} waives it, and the policy asks for a second person of the role.`;
}

/** Whether somebody who said so may: in the role that the check names, and never as a machine. */
export function mayAttest({ statement }: SignedStatement, id: string, policy: Policy): boolean {
  const { role } = statement.predicate;
  const check = Object.hasOwn(policy.checks, id) ? policy.checks[id] : undefined;
  if (check?.check === 'attestation' && check.role !== undefined && role !== check.role) return false;
  return !machineRoles(policy.signoff).has(role);
}

/** Whether an approval attests a check: in the policy's words, by somebody who may, and with a file where one is asked for. */
export function attests(
  approval: SignedStatement,
  id: string,
  check: Extract<Check, { check: 'attestation' }>,
  policy: Policy,
): boolean {
  if (!mayAttest(approval, id, policy)) return false;
  return approval.statement.predicate.attestations.some(
    (given) =>
      given.check === id &&
      given.statement === check.text &&
      (check.evidence !== 'required' || given.evidence.some(({ sha256 }) => sha256 !== SHA256_OF_NOTHING)),
  );
}

export function inWords(status: string): string {
  return status.replaceAll('_', ' ');
}
