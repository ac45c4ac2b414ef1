import { fail, type Result, succeed } from '../base/result.ts';
import type { Assessment } from '../checks/assessment.ts';
import { parseAssessment } from '../checks/serialise.ts';
import { parseStrictJson } from './strict-json.ts';

const MAX_ASSESSMENT_BYTES = 32 * 1024 * 1024;

/** Reads an assessment from bytes that were signed: strictly first, so that no key can stand there twice. */
export function readAssessment(bytes: Uint8Array): Result<Assessment> {
  const strict = parseStrictJson(bytes, { maxBytes: MAX_ASSESSMENT_BYTES });
  if (!strict.ok) return malformed(strict.problem.message);
  const { value, problems } = parseAssessment(bytes);
  const error = problems.find(({ severity }) => severity === 'error');
  if (value === undefined || error !== undefined) return malformed(error?.message ?? 'Its shape is not known.');
  return succeed(value);
}

function malformed<Value>(why: string): Result<Value> {
  return fail('assessment-malformed', `The assessment can't be read. ${why}`);
}
