import { formatNumber } from '../../base/text.ts';
import type { Translate } from '../../base/translate.ts';
import { valueInWords } from '../../checks/bounds.ts';
import type { Bound, Outcome } from '../../checks/outcome.ts';
import { limitInWords, STATUS_WORDS } from '../outcome-words.ts';
import { type Standing, standingOf, statusWord, toneOf, WORST_FIRST } from '../status.ts';
import type { PictureStatus } from './picture.ts';

/** What a picture needs to know of a check. */
export type Judged = Pick<
  Outcome,
  'id' | 'check' | 'title' | 'status' | 'value' | 'bound' | 'interval' | 'rows' | 'message' | 'settled'
>;

function verdictOf(standing: Standing, t: Translate): string {
  const verdicts: Readonly<Record<Standing, string>> = {
    pass: t('holds'),
    fail: t('does not hold'),
    uncertain: t('holds, but not with its whole interval'),
    not_evaluable: t('can’t be evaluated'),
    pending: t('is pending'),
    waived: t('is waived'),
    accepted: t('holds, but not with its whole interval, which was accepted'),
    attested: t('is attested'),
    not_applicable: t('does not apply'),
  };
  return verdicts[standing];
}

function limitSentence(key: string, limit: number, t: Translate): string {
  const words = limitInWords(limit);
  switch (key) {
    case 'min':
      return t('floor {0}', words);
    case 'max':
      return t('ceiling {0}', words);
    case 'max_abs':
      return t('band {0} to {1}', limitInWords(-limit), words);
    case 'tolerance':
      return t('tolerance {0}', words);
    case 'max_drop':
      return t('most drop {0}', words);
    case 'max_drop_relative':
      return t('most relative drop {0}', words);
    case 'max_share':
      return t('most columns {0} %', formatNumber(limit * 100));
    case 'threshold':
      return t('threshold {0}', words);
    default:
      return `${key} ${words}`;
  }
}

/** `AUC 0.847, interval 0.83 to 0.86, floor 0.8: holds`. */
export function outcomeSentence(label: string, judged: Judged, t: Translate): string {
  const { value, interval, bound } = judged;
  const verdict = verdictOf(standingOf(judged), t);
  if (value === null) return `${label}: ${verdict}. ${judged.message}`;
  const parts = [
    `${label} ${valueInWords(value, bound)}`,
    ...(interval === null
      ? []
      : [t('interval {0} to {1}', valueInWords(interval[0], bound), valueInWords(interval[1], bound))]),
    ...Object.entries(bound ?? {}).map(([key, limit]) => limitSentence(key, limit, t)),
  ];
  return `${parts.join(', ')}: ${verdict}`;
}

const MOST_SENTENCES = 3;

/** The sentences of several checks as one, the worst first. */
export function outcomesSentence(
  judged: readonly { readonly label: string; readonly outcome: Judged }[],
  otherwise: string,
  t: Translate,
): string {
  if (judged.length === 0) return otherwise;
  const sentences = judged
    .toSorted((a, b) => rankOf(a.outcome) - rankOf(b.outcome))
    .map(({ label, outcome }) => outcomeSentence(label, outcome, t).replace(/\.$/, ''));
  const more = sentences.length - MOST_SENTENCES;
  const shown = more > 0 ? [...sentences.slice(0, MOST_SENTENCES), t('and {0} more', more)] : sentences;
  return `${shown.join('; ')}.`;
}

function rankOf(judged: Judged): number {
  return WORST_FIRST.indexOf(standingOf(judged));
}

/** How the worst of all stands. */
export function worstStanding(judged: readonly Judged[]): Standing | undefined {
  const standings = judged.map(standingOf);
  return WORST_FIRST.find((each) => standings.includes(each));
}

export function pictureStatus(standing: Standing | undefined, t: Translate): PictureStatus | undefined {
  if (standing === undefined) return undefined;
  const { symbol } = STATUS_WORDS[standing];
  return { status: standing, symbol, word: statusWord(standing, t), tone: toneOf(standing) };
}

/** Within which numbers a bound lets the value lie; infinite where it is open. */
export function allowedRange(bound: Bound): readonly [number, number] {
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (const [key, limit] of Object.entries(bound ?? {})) {
    if (key === 'min' || key === 'min_rank_correlation' || key === 'min_fidelity') low = Math.max(low, limit);
    else if (key === 'max_abs') [low, high] = [Math.max(low, -limit), Math.min(high, limit)];
    else if (key === 'max' || key === 'tolerance' || key === 'max_drop' || key === 'max_drop_relative')
      high = Math.min(high, limit);
  }
  return [low, high];
}
