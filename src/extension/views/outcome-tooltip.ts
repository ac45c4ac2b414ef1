import type { Outcome } from '../../checks/outcome.ts';
import { code, plain } from '../../policy/language/markdown.ts';
import type { Check } from '../../policy/schema.ts';
import { intervalInWords, STATUS_WORDS } from '../../report/outcome-words.ts';
import { standingInWords, standingOf } from '../../report/status.ts';
import { t } from '../translation.ts';
import { numbersInWords } from './outcome-figures.ts';

/** As many files as are named; a check of a whole folder has thousands. */
const MOST_FILES = 5;

/** Everything about an outcome, as Markdown in which all foreign text is inert. */
export function outcomeTooltip(outcome: Outcome, check: Check | undefined): string {
  const { title, message, interval, rows, formula, evidence, severity } = outcome;
  const facts = [
    fact(t('Value'), plain(numbersInWords(outcome))),
    fact(t('Interval'), plain(intervalInWords(interval))),
    fact(t('Rows'), rows === null ? '' : plain(rows.toLocaleString('en'))),
    fact(t('Formula'), formula === null ? '' : code(formula)),
    ...evidence.slice(0, MOST_FILES).map(({ path }) => fact(t('Evidence'), code(path))),
    evidence.length > MOST_FILES ? plain(t('… and {0} more files', evidence.length - MOST_FILES)) : '',
    fact(t('Why'), check?.why === undefined ? '' : plain(check.why)),
  ].filter((line) => line !== '');
  return [
    `**${plain(title)}** — ${STATUS_WORDS[standingOf(outcome)].symbol} ${plain(standingInWords(outcome, t))}`,
    plain(message),
    facts.map((line) => `- ${line}`).join('\n'),
    severity === 'advisory' ? plain(t('Advisory: it never blocks an approval.')) : '',
  ]
    .filter((section) => section !== '')
    .join('\n\n');
}

function fact(name: string, value: string): string {
  return value === '' ? '' : `${plain(name)}: ${value}`;
}
