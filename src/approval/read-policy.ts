import { fail, type Result, succeed } from '../base/result.ts';
import { hasErrors, parsePolicy } from '../policy/parse.ts';
import type { Policy } from '../policy/schema.ts';

/** Reads a committed policy that is to decide about something: one error anywhere, and it decides nothing. */
export function readPolicyBytes(bytes: Uint8Array, file: string): Result<Policy> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fail('policy-invalid', `The policy ${file} is not valid UTF-8.`);
  }
  const { value, problems } = parsePolicy(text, file);
  const error = problems.find(({ severity }) => severity === 'error');
  if (value === undefined || hasErrors(problems)) {
    return fail('policy-invalid', `The policy ${file} has errors: ${error?.message ?? 'it can not be read.'}`);
  }
  return succeed(value);
}
