import type { Assessment } from '../checks/assessment.ts';
import type { Outcome } from '../checks/outcome.ts';
import type { Policy } from '../policy/schema.ts';
import type { Refusal } from './eligibility.ts';
import type { SignoffFolder } from './file-names.ts';
import { type AssessmentFiles, signedAssessment } from './signed-assessment.ts';
import type { SignedStatement } from './signed-statement.ts';
import { inWords, mayAttest, mayWaive, walkChecks } from './walk-checks.ts';

/** What decides whether the checks of a quorum of any age let its model in. */
export interface QuorumChecksRules {
  readonly folder: SignoffFolder;
  readonly environment: string;
  readonly policy: Policy;
  readonly policySha256: string;
  readonly assessments: AssessmentFiles;
}

const always = () => true;
/** A waiver that has ended did hold once. */
const WHENEVER = Number.NEGATIVE_INFINITY;
/** Where a required check is none of these and not refused, somebody waived, accepted or attested it. */
const EXCUSED: ReadonlySet<string> = new Set(['fail', 'uncertain', 'pending']);

/**
 * Whether the checks held when a quorum approved: what decides who took whose place. Under the policy of today they are
 * walked as `verify` walks them; a policy of old is not here, so the assessment's own words count, and the word of
 * whoever signed together with it. `unknown` where the assessment can't be read here.
 */
export function quorumChecks(
  approvals: readonly SignedStatement[],
  rules: QuorumChecksRules,
): 'hold' | 'fail' | 'unknown' {
  const found = signedAssessment(approvals, rules);
  if ('refusal' in found) return found.trouble === 'unreadable' ? 'unknown' : 'fail';
  const refusals = isOfToday(found.assessment, rules)
    ? walkChecks(found.assessment, { ...rules, approvals, now: WHENEVER })
    : inItsOwnWords(found.assessment, approvals, { accepts: always, waives: always, attests: always });
  return refusals.length === 0 ? 'hold' : 'fail';
}

/**
 * Why a quorum of old is not good enough to go back to: as `quorumChecks`, but what is not there refuses, and only those
 * who may waive and attest today could do so then.
 */
export function whyNotGoBackTo(approvals: readonly SignedStatement[], rules: QuorumChecksRules): Refusal[] {
  const found = signedAssessment(approvals, rules);
  if ('refusal' in found) return [found.refusal];
  if (isOfToday(found.assessment, rules)) return walkChecks(found.assessment, { ...rules, approvals, now: WHENEVER });
  const { policy, environment } = rules;
  // Where machines sign, nothing is excused; what only people can say, people have to have said.
  const byPeople = policy.signoff.environments[environment]?.automatic !== true;
  return inItsOwnWords(found.assessment, approvals, {
    accepts: () => byPeople,
    waives: (id) => byPeople && mayWaive(approvals, id, { policy, now: WHENEVER }),
    attests: (approval, id) => mayAttest(approval, id, policy),
  });
}

function isOfToday(assessment: Assessment, { policySha256 }: QuorumChecksRules): boolean {
  return assessment.policy.sha256 === policySha256;
}

/** What may be excused, and by whom. */
interface Words {
  readonly accepts: () => boolean;
  /** Whether those who waived the check may. */
  readonly waives: (id: string) => boolean;
  readonly attests: (approval: SignedStatement, id: string) => boolean;
}

/** Judges an assessment under a policy that is not here: its own severities, and every outcome with what people said of it. */
function inItsOwnWords(assessment: Assessment, approvals: readonly SignedStatement[], words: Words): Refusal[] {
  const bad = assessment.outcomes.filter(
    (outcome) => outcome.severity !== 'advisory' && !wasOk(outcome, approvals, words),
  );
  const refusals: Refusal[] = bad.map(({ id, status }) => ({
    code: 'check-failed',
    message: `The check "${id}" was ${inWords(status)} when it was signed.`,
  }));
  const evaluated = assessment.outcomes.some(
    ({ status, severity }) => status === 'pass' || (severity !== 'advisory' && EXCUSED.has(status)),
  );
  return evaluated || refusals.length > 0
    ? refusals
    : [{ code: 'nothing-evaluated', message: 'Not one check was evaluated, so there was nothing to approve.' }];
}

function wasOk({ id, check, status }: Outcome, approvals: readonly SignedStatement[], words: Words): boolean {
  const said = approvals.map((approval) => ({ approval, ...approval.statement.predicate }));
  const waived = said.some(({ waivers }) => waivers.some((waiver) => waiver.check === id)) && words.waives(id);
  switch (status) {
    case 'pass':
      // An attestation is only ever given by a person; an assessment that says "pass" for one is not to be believed.
      return check !== 'attestation';
    case 'not_applicable':
      return true;
    case 'uncertain':
      return waived || (words.accepts() && said.some(({ accepted }) => accepted.some((item) => item.check === id)));
    case 'fail':
    case 'not_evaluable':
      return waived;
    case 'pending':
      return said.some(
        ({ approval, attestations }) => attestations.some((given) => given.check === id) && words.attests(approval, id),
      );
    default:
      return false;
  }
}
