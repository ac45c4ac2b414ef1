import { dirname } from 'node:path';
import { signoffRecord } from '../../approval/signoff-record.ts';
import { fail, type Result, succeed } from '../../base/result.ts';
import { inEnglish } from '../../base/translate.ts';
import type { Outcome } from '../../checks/outcome.ts';
import { summarise } from '../../checks/summary.ts';
import { openRepository } from '../../git/repository.ts';
import type { ReportMaterial } from '../../report/document/report-material.ts';
import { newestLook } from './newest-look.ts';
import { pathInRepository } from './open-policy.ts';
import type { OperationContext, Trust } from './operation-context.ts';
import { type PicturesInput, pictures } from './pictures.ts';

export interface ReportInput {
  readonly policyFile: string;
  readonly trust: Trust;
  /** sha256 of the assessment that the report is about. */
  readonly digest: string;
  /** Its outcomes, with what people said laid over them. */
  readonly outcomes: readonly Outcome[];
}

/** What the report of the assessment tells. In a folder that nobody trusts, without what only git knows. */
export async function report(input: ReportInput, { signal }: OperationContext): Promise<Result<ReportMaterial>> {
  const { policyFile, trust, digest, outcomes } = input;
  const look = newestLook(policyFile);
  if (look === undefined || look.digest !== digest) {
    return fail('superseded', 'The run, its evidence or the policy changed while its report was made: try again.');
  }
  const { assessment, policy, policyBytes, run, modelFiles } = look.assessed;
  const repository = trust === 'trusted' ? await openRepository(dirname(policyFile)) : undefined;
  const record =
    repository?.ok === true
      ? await signoffRecord({
          repository: repository.value,
          policyPath: pathInRepository(repository.value, policyFile),
          ...{ policy, policyBytes, run, model: modelFiles, now: new Date(), signal },
        })
      : undefined;
  return succeed({
    assessment: { ...assessment, outcomes, summary: summarise(outcomes, assessment.outcomes) },
    ...{ digest, policy, record },
    modelFiles: (modelFiles?.files ?? []).map(({ name, sha256 }) => ({ name, sha256 })),
    environment: Object.keys(policy.signoff.environments).at(-1),
  });
}

/** The same as one file, pictures included: what `signoff check --format html` writes. */
export async function reportHtml(
  input: ReportInput & PicturesInput,
  context: OperationContext,
): Promise<Result<string>> {
  // An archive is read by others than whoever saved it.
  const drawn = await pictures(input, { ...context, t: inEnglish });
  if (!drawn.ok) return drawn;
  const material = await report(input, context);
  if (!material.ok) return material;
  const { renderAssessmentHtml } = await import('../../report/html/assessment-html.ts');
  const page = { material: material.value, pictures: drawn.value, language: 'en', t: inEnglish };
  return succeed(renderAssessmentHtml(page));
}
