import type { Policy } from '../policy/schema.ts';
import { CLOCK_SKEW_MS, lifetimeOf, parseInstant } from './formats.ts';
import type { RefusalCode } from './refusal-codes.ts';
import { brokenSeparation, type Involved, isMachineAndPerson, machineRoles, type Separation } from './separation.ts';
import type { SignedStatement } from './signed-statement.ts';
import type { Standing } from './standing.ts';
import { lacksTouch } from './touch.ts';

export interface EligibilityRules {
  readonly policy: Policy;
  readonly policySha256: string;
  readonly environment: string;
  readonly model: {
    readonly modelId: string;
    readonly files: readonly { readonly name: string; readonly sha256: string }[];
  };
  readonly run: string | undefined;
  readonly involved: Involved;
  readonly now: number;
  readonly standing: Standing;
}

export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
}

const SEPARATION_WORDS: Readonly<Record<Separation, string>> = {
  author: 'wrote the commit that the model comes from',
  policy_author: 'last changed the policy',
  trained_by: 'trained the model',
};

/** Why an approval or a rollback does not count for this model here and now; undefined when it does. */
export function whyNotCounted(approval: SignedStatement, rules: EligibilityRules): Refusal | undefined {
  const { predicate } = approval.statement;
  const { policy, environment, standing, now } = rules;
  const who = nameOf(approval);
  if (rules.run !== undefined && predicate.run !== rules.run) {
    return { code: 'run-differs', message: `${who} is for run ${predicate.run}, not for run ${rules.run}.` };
  }
  if (approval.modelId !== rules.model.modelId) {
    return {
      code: 'model-changed',
      message: `${who} is for other model files: ${firstDifference(approval, rules.model.files)}.`,
    };
  }
  if (standing.isRevoked(approval)) return { code: 'revoked', message: `${who} was revoked.` };
  if (standing.isSuperseded(approval))
    return { code: 'superseded', message: `${who} ${whatCameAfter(approval, rules)}` };
  if (predicate.policy.sha256 !== rules.policySha256) {
    return { code: 'policy-changed', message: `${who} was given under another policy: sign off again under this one.` };
  }
  const time = whyNotInTime(
    predicate.issued,
    predicate.expires,
    policy.signoff.environments[environment]?.expires_after,
    now,
  );
  if (time !== undefined) return { code: time.code, message: `${who} ${time.message}` };
  if (predicate.replaces === approval.modelId) {
    return { code: 'replaces-itself', message: `${who} says that the model replaces itself.` };
  }
  return whyMayNotApprove(approval, rules);
}

/** What keeps a signer from approving whatever they sign; of a rollback it holds for the approvals of old as well. */
export function whyMayNotApprove(
  approval: SignedStatement,
  { policy, environment, involved }: Pick<EligibilityRules, 'policy' | 'environment' | 'involved'>,
): Refusal | undefined {
  const { role } = approval.statement.predicate;
  const who = nameOf(approval);
  if (!approval.keyIsValid) {
    return { code: 'signer-not-valid-now', message: `${who} does not count: their key is not valid at this time.` };
  }
  if (lacksTouch(approval, policy)) {
    return {
      code: 'touch-required',
      message: `${who} was not signed with a security key, which the policy demands for ${environment}.`,
    };
  }
  const separation = brokenSeparation(approval.person, policy.signoff, environment, involved);
  if (separation !== undefined) {
    return {
      code: 'not-separate',
      message: `${who} does not count: ${approval.person} ${SEPARATION_WORDS[separation]}.`,
    };
  }
  if (isMachineAndPerson(approval.person, policy.signoff)) {
    return {
      code: 'machine-and-person',
      message: `${who} does not count: ${approval.person} acts both as a machine and as a person.`,
    };
  }
  if (machineRoles(policy.signoff).has(role) && policy.signoff.environments[environment]?.automatic !== true) {
    return {
      code: 'machine-and-person',
      message: `${who} does not count: a machine signs in that role, not a person.`,
    };
  }
  return undefined;
}

function nameOf({ person, statement }: SignedStatement): string {
  const { decision, role } = statement.predicate;
  return `The ${decision === 'rollback' ? 'rollback' : 'approval'} of ${person} (${role})`;
}

function whatCameAfter(approval: SignedStatement, { standing }: EligibilityRules): string {
  const rollback = standing.rolledBackBy(approval);
  if (rollback === undefined) return 'was superseded by a later sign-off.';
  const { role, comment } = rollback.statement.predicate;
  return `was superseded when ${rollback.person} (${role}) rolled this model back: ${comment || 'no reason given'}`;
}

/** Every comparison is written so that a time that is not a number refuses. */
function whyNotInTime(
  issuedText: string,
  expiresText: string,
  expiresAfter: string | undefined,
  now: number,
): Refusal | undefined {
  const issued = parseInstant(issuedText) ?? Number.NaN;
  const expires = parseInstant(expiresText) ?? Number.NaN;
  if (isYetToCome(issuedText, now))
    return { code: 'issued-in-future', message: `says it was issued at ${issuedText}, which is yet to come.` };
  if (!(expires > now)) return { code: 'approval-expired', message: `expired at ${expiresText}.` };
  if (!(expires <= issued + lifetimeOf(expiresAfter))) {
    return { code: 'expires-too-late', message: `would last until ${expiresText}, longer than the policy allows.` };
  }
  return undefined;
}

/** Whether a signed time lies further ahead than clocks may differ. A time that is none does. */
export function isYetToCome(issued: string, now: number): boolean {
  return !((parseInstant(issued) ?? Number.NaN) <= now + CLOCK_SKEW_MS);
}

/** Compares the whole set of names and digests, both ways, and names the first file that differs. */
export function firstDifference(approval: SignedStatement, files: EligibilityRules['model']['files']): string {
  const signed = new Map(approval.statement.subject.map(({ name, digest }) => [name, digest.sha256]));
  for (const { name, sha256 } of files) {
    if (!signed.has(name)) return `${name} was not signed`;
    if (signed.get(name) !== sha256) return `${name} is not as it was signed`;
    signed.delete(name);
  }
  const [missing] = signed.keys();
  return `${missing} was signed and is missing`;
}
