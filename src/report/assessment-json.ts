import type { ReadableAssessment } from './assessment-text.ts';
import { jsonText } from './json-text.ts';

/**
 * What `check --format json` prints (contract): the assessment's keys in their order, with approvals laid over. Who
 * settled a check stands in its message: the outcomes have the contract's keys alone.
 */
export function renderAssessmentJson(
  assessment: ReadableAssessment & {
    readonly schema: string;
    readonly tool: { readonly name: string; readonly version: string };
  },
): string {
  const { schema, tool, project, model, run, policy, summary } = assessment;
  const outcomes = assessment.outcomes.map(({ settled, ...outcome }) => outcome);
  return jsonText({ schema, tool, project, model, run, policy, summary, outcomes });
}
