import { readEvidence } from '../evidence/evidence-file.ts';
import { LARGEST_REPORT } from '../evidence/reports/read-report.ts';
import { isNumbersFormat } from '../policy/schema/checks/report.ts';
import type { ReportCheck } from '../policy/schema.ts';
import { type CheckContext, type Finding, notEvaluable } from './check-context.ts';
import { checkModelSigning } from './report/model-signing.ts';
import { judgeNumbers } from './report/numbers.ts';
import { judgeTests } from './report/tests.ts';

/**
 * Takes the outcome from another tool's file: from what it says of its tests, from a number in it and the policy's
 * bounds, or from a signature over the model's files.
 */
export async function checkReport(check: ReportCheck, context: CheckContext): Promise<Finding> {
  const { path, format } = check;
  const { signal } = context;
  const read = await readEvidence(path, context, { what: 'The report', mostBytes: LARGEST_REPORT, signal });
  if (!read.ok) return notEvaluable(read.problem.message);
  if (format === 'model-signing') return checkModelSigning(check, read.value, context);
  return isNumbersFormat(format)
    ? judgeNumbers(read.value, { ...check, format })
    : judgeTests(read.value, path, format);
}
