import type { Verdict } from '../approval/verdict.ts';
import { jsonText } from './json-text.ts';

/** What `verify --format json` prints (contract): the verdict's keys in their order. */
export function renderVerdictJson(verdict: Verdict): string {
  const { schema, approved, reasons, approvals, ignored, quorum } = verdict;
  return jsonText({ schema, approved, reasons, approvals, ignored, quorum });
}
