import type { Verdict } from '../approval/verdict.ts';
import { escapeForMarkdown, markdownTable } from './markdown-text.ts';

/** The verdict for a merge request's comment or a job's summary: the answer first. */
export function renderVerdictMarkdown(verdict: Verdict, environment: string): string {
  const { approved, reasons, approvals, ignored, quorum } = verdict;
  const answer = approved ? '✓ Approved for' : '✗ Not approved for';
  const lines = [
    `## ${answer} ${escapeForMarkdown(environment)}`,
    '',
    ...reasons.map(({ code, message }) => `- ${escapeForMarkdown(message)} \`${code}\``),
    '',
    ...markdownTable(
      ['role', 'approvals'],
      Object.entries(quorum).map(([role, { need, have }]) => [escapeForMarkdown(role), `${have} of ${need}`]),
    ),
    '',
    ...markdownTable(
      ['approved by', 'role', 'issued', 'expires', 'key', 'approval'],
      approvals.map(({ person, role, issued, expires, key, id }) => [
        ...[person, role, issued, expires].map(escapeForMarkdown),
        ...[key, id].map((digest) => `\`${digest}\``),
      ]),
    ),
    '',
    ...(ignored.length === 0 ? [] : ['Ignored:', '']),
    ...ignored.map(({ file, code, message }) => `- ${escapeForMarkdown(`${file}: ${message}`)} \`${code}\``),
  ];
  const text = lines.join('\n').replaceAll(/\n{3,}/g, '\n\n');
  return `${text.trimEnd()}\n`;
}
