import type { Verdict } from '../approval/verdict.ts';

/** What `verify --format json` prints (contract): the verdict's keys in their order. */
export function renderVerdictJson(verdict: Verdict): string {
  const { schema, approved, reasons, approvals, ignored, quorum } = verdict;
  return `${JSON.stringify({ schema, approved, reasons, approvals, ignored, quorum }, null, 2)}\n`;
}
