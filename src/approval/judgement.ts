import { sha256Hex } from '../base/hashing.ts';
import { type Result, succeed } from '../base/result.ts';
import type { Assessment } from '../checks/assessment.ts';
import type { ModelFiles } from '../evidence/model-files.ts';
import type { Policy } from '../policy/schema.ts';
import type { Refusal } from './eligibility.ts';
import type { SignoffFolder } from './file-names.ts';
import { refusal } from './judge.ts';
import { readAssessment } from './read-assessment.ts';
import type { SignedStatement } from './signed-statement.ts';
import { assessmentPathOf } from './situation.ts';
import type { Verdict } from './verdict.ts';

/** A verdict and what it rests on, for those who evaluate again, or tell others of it. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Undefined where it did not come to judging anybody's approval. */
  readonly judged: Judged | undefined;
}

export interface Judged {
  readonly policy: Policy;
  readonly policyBytes: Uint8Array;
  readonly model: ModelFiles;
  /** Every valid statement about this policy's model, of any environment, from HEAD and from the anchor. */
  readonly statements: readonly SignedStatement[];
  /** Those of them that the verdict counts. */
  readonly counted: readonly SignedStatement[];
  /** What these have signed, where its bytes are still those. */
  readonly assessment: Assessment | undefined;
  /** Names of authors or trainers that belong to nobody of the policy's: whether they signed can't be told. */
  readonly unknownNames: readonly string[];
}

/** A refusal before anybody's approval could be looked at. */
export function refused(reason: Refusal): Result<Judgement> {
  return succeed({ verdict: refusal([reason]), judged: undefined });
}

/** The verdict with further reasons against it, which stand first. */
export function withReasons(verdict: Verdict, reasons: readonly Refusal[]): Verdict {
  return reasons.length === 0 ? verdict : { ...verdict, approved: false, reasons: [...reasons, ...verdict.reasons] };
}

/** The one assessment that counted approvals name; undefined where HEAD has not what was signed. */
export function signedAssessment(
  [approval]: readonly SignedStatement[],
  assessments: ReadonlyMap<string, Uint8Array | undefined>,
  folder: SignoffFolder,
): Assessment | undefined {
  if (approval === undefined) return undefined;
  const bytes = assessments.get(assessmentPathOf(folder, approval));
  if (bytes === undefined || sha256Hex(bytes) !== approval.statement.predicate.assessment.sha256) return undefined;
  const assessment = readAssessment(bytes);
  return assessment.ok ? assessment.value : undefined;
}
