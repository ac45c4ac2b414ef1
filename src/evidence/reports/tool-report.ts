import { fail, type Result } from '../../base/result.ts';

/**
 * What a tool said about one thing that it looked at. `broken` is what it could not decide (an exception), `skipped`
 * what it did not try, `warned` what it found wanting without calling it a failure.
 */
export type ToolVerdict = 'passed' | 'failed' | 'broken' | 'warned' | 'skipped';

export interface ToolTest {
  readonly name: string;
  readonly verdict: ToolVerdict;
}

/** A tool's result file, as plain data. */
export interface ToolReport {
  readonly tool: string;
  readonly tests: readonly ToolTest[];
  /** What a test is called, in the singular: "test", "expectation". */
  readonly unit: string;
  /** What to say when all passed, where counting says little; continues "the tool: …". */
  readonly whenPassed?: string;
  /** One sentence on what in the file decided nothing, such as checks without a condition. */
  readonly note?: string;
}

const LONGEST_NAME = 120;

/** A name on one line and not too long, since it ends up in a sentence. */
export function testName(text: string | undefined, otherwise: string): string {
  const name = (text ?? '').replaceAll(/\s+/g, ' ').trim();
  if (name === '') return otherwise;
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}

/** The file is not what the policy says it is; `what` continues "the report …". */
export function notThisFormat(what: string): Result<never> {
  return fail('report-format', what);
}

/** The file contradicts itself, so it was changed, cut short or misunderstood; `what` continues "the report …". */
export function contradiction(what: string): Result<never> {
  return fail('report-contradiction', `contradicts itself: ${what}`);
}
