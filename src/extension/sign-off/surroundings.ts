import { ringsByTag } from '../../pipeline/targets.ts';
import { countWords, holds } from '../../report/status.ts';
import type { Assessed } from '../commands/needs.ts';
import type { ApprovalsReply } from '../engine/approvals.ts';
import type { SignOffInput } from '../engine/sign-off.ts';
import type { PreparedReply } from '../engine/tickets.ts';
import { mainEnvironment } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import { openSeats } from './open-seats.ts';
import type { Surroundings } from './signed-content.ts';

type Known = Assessed & { readonly approvals: ApprovalsReply };

/** What the signer should know beside what is signed. */
export function surroundingsOf(known: Known, input: SignOffInput, prepared: PreparedReply): Surroundings {
  const { run, outcomes } = known.assessed.assessment;
  const settled = settledBy(input);
  const counts = countWords(known.approvals.outcomes.length > 0 ? known.approvals.outcomes : outcomes, t);
  return {
    runName: run.name,
    checks:
      settled.size === 0
        ? t('Checks: {0}', counts)
        : t('Checks: {0} · {1} answered for by this signature', counts, settled.size),
    consequence: completes(known, input, prepared) ? consequenceOf(known, input, prepared) : undefined,
  };
}

function settledBy({ accepted, waivers, attestations }: SignOffInput): ReadonlySet<string> {
  return new Set([...accepted, ...waivers, ...attestations].map(({ check }) => check));
}

/** Whether this signature is the last thing that was missing. In doubt it says no: then nothing is promised. */
function completes({ policy, assessed, approvals }: Known, input: SignOffInput, { person }: PreparedReply): boolean {
  if (input.decision !== 'approve') return false;
  const environment = approvals.environments.find(({ name }) => name === input.environment);
  if (environment === undefined || environment.candidate.standing !== 'open') return false;
  if (environment.candidate.reasons.length > 0) return false;
  const [seat, ...others] = openSeats(environment);
  if (others.length > 0) return false;
  if (seat !== undefined) {
    const fills = seat.role === input.role && seat.need - seat.have === 1 && seat.holders.includes(person);
    if (!fills) return false;
  }
  // What others said is laid over the outcomes of one environment only.
  const isMain = mainEnvironment(policy) === input.environment;
  const outcomes = isMain ? approvals.outcomes : assessed.assessment.outcomes;
  const settled = settledBy(input);
  return outcomes.every((each) => each.severity === 'advisory' || holds(each) || settled.has(each.id));
}

function consequenceOf({ policy }: Known, { environment }: SignOffInput, { remote }: PreparedReply): string {
  if (!ringsByTag(policy, environment, 'on_approved')) return t('This completes the approval for {0}.', environment);
  const tag = `signoff/${policy.model}/${environment}/…`;
  return remote === undefined
    ? t('This completes the approval for {0}: the tag {1} will be made; it stays in this repository.', environment, tag)
    : t('This completes the approval for {0}: the tag {1} will be made and pushed to {2}.', environment, tag, remote);
}
