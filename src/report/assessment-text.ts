import { countOf, escapeForTerminal } from '../base/text.ts';
import { inEnglish } from '../base/translate.ts';
import type { Assessment } from '../checks/assessment.ts';
import type { Outcome } from '../checks/outcome.ts';
import {
  answerInWords,
  boundInWords,
  countsInWords,
  intervalInWords,
  STATUS_WORDS,
  valueInWords,
} from './outcome-words.ts';
import { standingOf } from './status.ts';
import type { TerminalStyle } from './terminal-style.ts';
import { alignColumns } from './text-table.ts';

/** What of an assessment every renderer needs; the overlaid one of `check` and the bare one of the file both are this. */
export type ReadableAssessment = Pick<Assessment, 'project' | 'model' | 'run' | 'policy' | 'summary' | 'outcomes'>;

/** The assessment for a terminal: one line a check with status, id, value, bound and sentence, and the answer last. */
export function renderAssessmentText(assessment: ReadableAssessment, style: TerminalStyle): string {
  const { outcomes, summary } = assessment;
  const lines = alignColumns(outcomes.map(outcomeCells), (cell, row, column) => {
    const outcome = outcomes[row];
    if (outcome === undefined) return cell;
    if (column === 0) return style.status(standingOf(outcome), cell);
    if (column === 1) return style.strong(cell);
    return cell;
  });
  return `${[heading(assessment, style), '', ...lines, '', conclusion(outcomes, summary, style)].join('\n')}\n`;
}

function heading({ project, model, run, policy }: ReadableAssessment, style: TerminalStyle): string {
  const name = style.strong(escapeForTerminal(`${project} / ${model}`));
  return `${name}  run ${escapeForTerminal(run.name)} (${escapeForTerminal(run.id)})  policy ${escapeForTerminal(policy.path)}`;
}

function outcomeCells(outcome: Outcome): string[] {
  const { symbol, word } = STATUS_WORDS[standingOf(outcome)];
  const interval = intervalInWords(outcome.interval);
  const advisory = outcome.severity === 'advisory' ? '(advisory) ' : '';
  return [
    `${symbol} ${word}`,
    escapeForTerminal(outcome.id),
    interval === '' ? valueInWords(outcome) : `${valueInWords(outcome)} ${interval}`,
    boundInWords(outcome.bound, inEnglish),
    advisory + escapeForTerminal(outcome.message),
  ];
}

function conclusion(outcomes: readonly Outcome[], summary: Assessment['summary'], style: TerminalStyle): string {
  const total = `${countOf(outcomes.length, 'check')}: ${countsInWords(outcomes) || 'none'}.`;
  const answer = answerInWords(outcomes, summary);
  return `${total} ${summary.ok ? style.good(answer) : style.bad(answer)}`;
}
