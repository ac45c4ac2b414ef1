import type { OutcomeStatus } from '../checks/outcome.ts';
import type { SignoffFolder } from './file-names.ts';
import { type AssessmentFiles, signedAssessment } from './signed-assessment.ts';
import type { SignedStatement } from './signed-statement.ts';
import { assessmentPathOf } from './situation.ts';

/** What somebody said of a check, and who. */
export interface SaidOfCheck {
  readonly check: string;
  readonly by: string;
  readonly reason?: string;
  readonly until?: string;
  /** The words that were attested, and the files that show it. */
  readonly statement?: string;
  readonly evidence?: readonly { readonly path: string; readonly sha256: string }[];
}

/** What people said of single checks. */
export interface SaidOnChecks {
  readonly accepted: readonly SaidOfCheck[];
  readonly waived: readonly SaidOfCheck[];
  readonly attested: readonly SaidOfCheck[];
}

/** What a quorum had before it when it approved. */
export interface Evidence extends SaidOnChecks {
  readonly policy: string;
  readonly assessment: string;
  /** Relative to the repository's top level. */
  readonly path: string;
  /** `as signed`, or why the assessment can't be read any more. */
  readonly state: string;
  readonly counts: Readonly<Partial<Record<OutcomeStatus, number>>>;
}

/** The evidence that approvals of one quorum name. Keys stand in the order in which `history` writes them. */
export function evidenceOf(
  approvals: readonly SignedStatement[],
  where: { readonly folder: SignoffFolder; readonly assessments: AssessmentFiles },
): Evidence {
  const [first] = approvals;
  if (first === undefined) throw new Error('A quorum has at least one approval.');
  const found = signedAssessment(approvals, where);
  return {
    policy: first.statement.predicate.policy.sha256,
    assessment: first.statement.predicate.assessment.sha256,
    path: assessmentPathOf(where.folder, first),
    state: 'refusal' in found ? found.refusal.message : 'as signed',
    counts: 'refusal' in found ? {} : found.assessment.summary.counts,
    ...saidOnChecks(approvals),
  };
}

/** What the approvals say of single checks, and who. */
export function saidOnChecks(approvals: readonly SignedStatement[]): SaidOnChecks {
  const said = approvals.map(({ person, statement }) => ({ by: person, ...statement.predicate }));
  return {
    accepted: once(said.flatMap(({ by, accepted }) => accepted.map(({ check, reason }) => ({ check, by, reason })))),
    waived: once(
      said.flatMap(({ by, waivers }) => waivers.map(({ check, reason, until }) => ({ check, by, reason, until }))),
    ),
    attested: once(
      said.flatMap(({ by, attestations }) =>
        attestations.map(({ check, statement, evidence }) => ({ check, by, statement, evidence })),
      ),
    ),
  };
}

/** Who signs again says the same again. */
function once(said: readonly SaidOfCheck[]): SaidOfCheck[] {
  return [...new Map(said.map((each) => [JSON.stringify(each), each])).values()];
}
