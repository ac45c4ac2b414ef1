import { sha256Hex } from '../base/hashing.ts';
import type { Assessment } from '../checks/assessment.ts';
import type { Refusal } from './eligibility.ts';
import { assessmentPath, type SignoffFolder } from './file-names.ts';
import { readAssessment } from './read-assessment.ts';
import type { SignedStatement } from './signed-statement.ts';

/** Bytes by path; undefined where the commit has no such file. */
export type AssessmentFiles = ReadonlyMap<string, Uint8Array | undefined>;

type SignedAssessment =
  | { readonly assessment: Assessment }
  /** `unreadable`: nobody can tell here what was signed. `mismatch`: it can be read, and is about something else. */
  | { readonly refusal: Refusal; readonly trouble: 'unreadable' | 'mismatch' };

/** The one assessment that approvals name: there, as it was signed, and about exactly what they are about. */
export function signedAssessment(
  approvals: readonly SignedStatement[],
  where: { readonly folder: SignoffFolder; readonly assessments: AssessmentFiles },
): SignedAssessment {
  const predicate = approvals[0]?.statement.predicate;
  if (predicate === undefined) throw new Error('Nobody named an assessment.');
  const sha256 = predicate.assessment.sha256;
  const path = assessmentPath(where.folder, predicate.model, predicate.run, sha256);
  const bytes = where.assessments.get(path);
  if (bytes === undefined) {
    return unreadable('assessment-missing', `The assessment ${path} is not in the commit, or is far too large.`);
  }
  if (sha256Hex(bytes) !== sha256) {
    return unreadable('assessment-changed', `The assessment ${path} is not as it was signed.`);
  }
  const assessment = readAssessment(bytes);
  if (!assessment.ok) return unreadable('assessment-malformed', assessment.problem.message);
  const different = differences(assessment.value, sha256, approvals);
  if (different.length === 0) return { assessment: assessment.value };
  const message = `The assessment is of another ${different.join(', ')} than an approval that names it.`;
  return { refusal: { code: 'assessment-mismatch', message }, trouble: 'mismatch' };
}

/** Each approval on its own: that they were grouped together proves nothing about any of them. */
function differences(assessment: Assessment, sha256: string, approvals: readonly SignedStatement[]): string[] {
  const { project, model, run, policy, model_id, baseline } = assessment;
  const compared = approvals.flatMap(
    ({ modelId, statement: { predicate: each } }) =>
      [
        ['project', project, each.project],
        ['model', model, each.model],
        ['run', run.id, each.run],
        ['policy', policy.sha256, each.policy.sha256],
        ['assessment', sha256, each.assessment.sha256],
        ['model id', model_id, modelId],
        ['baseline', baseline, each.replaces],
      ] as const,
  );
  return [...new Set(compared.filter(([, has, should]) => has !== should).map(([what]) => what))];
}

function unreadable(code: Refusal['code'], message: string): SignedAssessment {
  return { refusal: { code, message }, trouble: 'unreadable' };
}
