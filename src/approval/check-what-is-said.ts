import { fail, type Result, succeed } from '../base/result.ts';
import { countOf } from '../base/text.ts';
import type { Assessment } from '../checks/assessment.ts';
import { isBlank } from '../policy/schema/words.ts';
import type { Policy } from '../policy/schema.ts';
import { daysAfter, endOfDay, formatDay } from './formats.ts';
import type { AcceptedOutcome, Attestation, Waiver } from './statement.ts';

/** What a person says about checks when signing. */
export interface Said {
  readonly accepted: readonly AcceptedOutcome[];
  readonly waivers: readonly Waiver[];
  readonly attestations: readonly Attestation[];
}

interface Speaker {
  readonly role: string;
  readonly policy: Policy;
  readonly assessment: Assessment;
  readonly now: number;
}

/** Refuses what would have no effect: nobody should believe they waived something that still blocks. */
export function checkWhatIsSaid(said: Said, speaker: Speaker): Result<undefined> {
  const problem = [
    ...said.accepted.map((item) => whyNotAccept(item, speaker)),
    ...said.waivers.map((item) => whyNotWaive(item, speaker)),
    ...said.attestations.map((item) => whyNotAttest(item, speaker)),
  ].find((text) => text !== undefined);
  return problem === undefined ? succeed(undefined) : fail('may-not-say', problem);
}

function whyNotAccept({ check, reason }: AcceptedOutcome, speaker: Speaker): string | undefined {
  const status = statusOf(check, speaker);
  if (status === undefined) return `The policy has no check "${check}" to accept.`;
  if (status !== 'uncertain')
    return `The check "${check}" is ${inWords(status)}: only what is uncertain can be accepted.`;
  return isBlank(reason) ? `Give a reason for accepting "${check}": it is signed.` : undefined;
}

function whyNotWaive({ check, reason, until }: Waiver, { role, policy, assessment, now }: Speaker): string | undefined {
  const rule = policy.signoff.waivers;
  const status = statusOf(check, { role, policy, assessment, now });
  if (status === undefined) return `The policy has no check "${check}" to waive.`;
  if (rule === undefined) return `The policy lets nobody waive a check (signoff.waivers is missing).`;
  if (rule.role !== role) return `Only the role "${rule.role}" may waive a check, and you sign as "${role}".`;
  if (!['fail', 'uncertain', 'not_evaluable'].includes(status))
    return `The check "${check}" is ${inWords(status)}: there is nothing to waive.`;
  if (isBlank(reason)) return `Give a reason for waiving "${check}": it is signed.`;
  const end = endOfDay(until);
  if (end === undefined) return `"${until}" is not a day: write YYYY-MM-DD.`;
  if (!(end >= now)) return `The waiver of "${check}" would have ended already on ${until}.`;
  const latest = daysAfter(now, rule.max_days);
  return end <= latest
    ? undefined
    : `The waiver of "${check}" may last until ${formatDay(latest)} at most (${countOf(rule.max_days, 'day')}).`;
}

function whyNotAttest({ check: id, evidence }: Attestation, { role, policy }: Speaker): string | undefined {
  const check = Object.hasOwn(policy.checks, id) ? policy.checks[id] : undefined;
  if (check?.check !== 'attestation') return `The policy has no attestation "${id}".`;
  if (check.role !== undefined && check.role !== role)
    return `Only the role "${check.role}" may attest "${id}", and you sign as "${role}".`;
  if (check.evidence === 'required' && evidence.length === 0)
    return `The attestation "${id}" needs a file as evidence.`;
  return undefined;
}

function statusOf(id: string, { assessment }: Speaker) {
  return assessment.outcomes.find((outcome) => outcome.id === id)?.status;
}

function inWords(status: string): string {
  return status.replaceAll('_', ' ');
}
