import { inEnglish } from '../base/translate.ts';
import type { Outcome } from '../checks/outcome.ts';
import type { ReadableAssessment } from './assessment-text.ts';
import { escapeForMarkdown, markdownTable } from './markdown-text.ts';
import { answerInWords, boundInWords, intervalInWords, STATUS_WORDS, valueInWords } from './outcome-words.ts';

const HEADER = ['', 'check', 'value', 'bound', 'what it says'];

/** The assessment for a merge request's comment or a job's summary. */
export function renderAssessmentMarkdown(assessment: ReadableAssessment): string {
  const { project, model, run, policy, summary, outcomes } = assessment;
  const answer = `${summary.ok ? '✓' : '✗'} ${answerInWords(outcomes, summary)}`;
  const counts = Object.entries(summary.counts).map(
    ([status, count]) => `${count} ${STATUS_WORDS[status as Outcome['status']].word}`,
  );
  const lines = [
    `## ${escapeForMarkdown(`${project} / ${model}`)}`,
    '',
    `**${answer}** ${counts.join(', ')}`,
    '',
    `Run ${escapeForMarkdown(`${run.name} (${run.id})`)}, policy ${escapeForMarkdown(policy.path)} \`${policy.sha256}\``,
    '',
    ...markdownTable(HEADER, outcomes.map(cellsOf)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function cellsOf(outcome: Outcome): string[] {
  const { symbol, word } = STATUS_WORDS[outcome.status];
  const interval = intervalInWords(outcome.interval);
  const advisory = outcome.severity === 'advisory' ? '(advisory) ' : '';
  return [
    `${symbol} ${word}`,
    escapeForMarkdown(outcome.id),
    escapeForMarkdown(`${valueInWords(outcome)} ${interval}`.trim()),
    escapeForMarkdown(boundInWords(outcome.bound, inEnglish)),
    advisory + escapeForMarkdown(outcome.message),
  ];
}
