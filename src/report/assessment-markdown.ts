import { inEnglish } from '../base/translate.ts';
import type { Outcome } from '../checks/outcome.ts';
import type { ReadableAssessment } from './assessment-text.ts';
import { escapeForMarkdown, markdownTable } from './markdown-text.ts';
import {
  answerInWords,
  boundInWords,
  countsInWords,
  intervalInWords,
  STATUS_WORDS,
  valueInWords,
} from './outcome-words.ts';
import { standingOf } from './status.ts';

const HEADER = ['', 'check', 'value', 'bound', 'what it says'];

/** The assessment for a merge request's comment or a job's summary. */
export function renderAssessmentMarkdown(assessment: ReadableAssessment): string {
  const { project, model, run, policy, summary, outcomes } = assessment;
  const answer = `${summary.ok ? '✓' : '✗'} ${answerInWords(outcomes, summary)}`;
  const lines = [
    `## ${escapeForMarkdown(`${project} / ${model}`)}`,
    '',
    `**${answer}** ${countsInWords(outcomes)}`,
    '',
    `Run ${escapeForMarkdown(`${run.name} (${run.id})`)}, policy ${escapeForMarkdown(policy.path)} \`${policy.sha256}\``,
    '',
    ...markdownTable(HEADER, outcomes.map(cellsOf)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function cellsOf(outcome: Outcome): string[] {
  const { symbol, word } = STATUS_WORDS[standingOf(outcome)];
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
