import { formatNumber } from '../../base/text.ts';
import { valueInWords } from '../../checks/bounds.ts';
import type { Bound, Outcome, OutcomeStatus } from '../../checks/outcome.ts';
import { limitInWords, STATUS_WORDS } from '../outcome-words.ts';
import { toneOf, WORST_FIRST } from '../status.ts';
import type { PictureStatus } from './picture.ts';

/** What a picture needs to know of a check. */
export type Judged = Pick<
  Outcome,
  'id' | 'check' | 'title' | 'status' | 'value' | 'bound' | 'interval' | 'rows' | 'message'
>;

const VERDICTS: Readonly<Record<OutcomeStatus, string>> = {
  pass: 'holds',
  fail: 'does not hold',
  uncertain: 'holds, but not with its whole interval',
  not_evaluable: 'can’t be evaluated',
  pending: 'is pending',
  waived: 'is waived',
  not_applicable: 'does not apply',
};

const BOUND_WORDS: Readonly<Record<string, (limit: number) => string>> = {
  min: (limit) => `floor ${limitInWords(limit)}`,
  max: (limit) => `ceiling ${limitInWords(limit)}`,
  max_abs: (limit) => `band ${limitInWords(-limit)} to ${limitInWords(limit)}`,
  tolerance: (limit) => `tolerance ${limitInWords(limit)}`,
  max_drop: (limit) => `most drop ${limitInWords(limit)}`,
  max_drop_relative: (limit) => `most relative drop ${limitInWords(limit)}`,
  max_share: (limit) => `most columns ${formatNumber(limit * 100)} %`,
  threshold: (limit) => `threshold ${limitInWords(limit)}`,
};

/** `AUC 0.847, interval 0.83 to 0.86, floor 0.8: holds`. */
export function outcomeSentence(label: string, judged: Judged): string {
  const { value, interval, bound, status } = judged;
  if (value === null) return `${label}: ${VERDICTS[status]}. ${judged.message}`;
  const parts = [
    `${label} ${valueInWords(value, bound)}`,
    ...(interval === null
      ? []
      : [`interval ${valueInWords(interval[0], bound)} to ${valueInWords(interval[1], bound)}`]),
    ...Object.entries(bound ?? {}).map(([key, limit]) => BOUND_WORDS[key]?.(limit) ?? `${key} ${limitInWords(limit)}`),
  ];
  return `${parts.join(', ')}: ${VERDICTS[status]}`;
}

const MOST_SENTENCES = 3;

/** The sentences of several checks as one, the worst first. */
export function outcomesSentence(
  judged: readonly { readonly label: string; readonly outcome: Judged }[],
  otherwise: string,
): string {
  if (judged.length === 0) return otherwise;
  const sentences = judged
    .toSorted((a, b) => rankOf(a.outcome.status) - rankOf(b.outcome.status))
    .map(({ label, outcome }) => outcomeSentence(label, outcome).replace(/\.$/, ''));
  const more = sentences.length - MOST_SENTENCES;
  const shown = more > 0 ? [...sentences.slice(0, MOST_SENTENCES), `and ${more} more`] : sentences;
  return `${shown.join('; ')}.`;
}

function rankOf(status: OutcomeStatus): number {
  return WORST_FIRST.indexOf(status);
}

/** The worst status of all. */
export function worstStatus(statuses: readonly OutcomeStatus[]): OutcomeStatus | undefined {
  return WORST_FIRST.find((each) => statuses.includes(each));
}

export function pictureStatus(status: OutcomeStatus | undefined): PictureStatus | undefined {
  if (status === undefined) return undefined;
  const { symbol, word } = STATUS_WORDS[status];
  return { status, symbol, word, tone: toneOf(status) };
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
