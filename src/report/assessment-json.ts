import type { ReadableAssessment } from './assessment-text.ts';
import { jsonText } from './json-text.ts';

/** What `check --format json` prints (contract): the assessment's keys in their order, with approvals laid over. */
export function renderAssessmentJson(
  assessment: ReadableAssessment & {
    readonly schema: string;
    readonly tool: { readonly name: string; readonly version: string };
  },
): string {
  const { schema, tool, project, model, run, policy, summary, outcomes } = assessment;
  return jsonText({ schema, tool, project, model, run, policy, summary, outcomes });
}
