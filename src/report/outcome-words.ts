import { formatNumber } from '../base/text.ts';
import type { Translate } from '../base/translate.ts';
import type { Assessment } from '../checks/assessment.ts';
import type { Bound, Outcome } from '../checks/outcome.ts';
import { weightOf } from './blocking.ts';
import { type Standing, standingOf } from './status.ts';

/** How each status is said to a person. Symbol and word always stand together: colour and shape alone tell nobody anything. */
export const STATUS_WORDS: Readonly<Record<Standing, { readonly symbol: string; readonly word: string }>> = {
  pass: { symbol: '✓', word: 'pass' },
  fail: { symbol: '✗', word: 'fail' },
  uncertain: { symbol: '?', word: 'uncertain' },
  not_evaluable: { symbol: '!', word: 'not evaluable' },
  pending: { symbol: '…', word: 'pending' },
  waived: { symbol: '~', word: 'waived' },
  accepted: { symbol: '~', word: 'accepted' },
  attested: { symbol: '✓', word: 'attested' },
  not_applicable: { symbol: '–', word: 'not applicable' },
};

/** `11 pass, 1 accepted`: what people settled is counted apart. */
export function countsInWords(outcomes: readonly Outcome[]): string {
  const counts = Map.groupBy(outcomes, standingOf);
  return Object.entries(STATUS_WORDS)
    .flatMap(([standing, { word }]) => {
      const count = counts.get(standing as Standing)?.length ?? 0;
      return count === 0 ? [] : [`${count} ${word}`];
    })
    .join(', ');
}

/** The answer in one sentence. Where nothing blocks and yet nothing is ok, nothing was shown. */
export function answerInWords(outcomes: readonly Outcome[], { ok }: Assessment['summary']): string {
  if (ok) return 'Every required check is ok.';
  return outcomes.some((outcome) => weightOf(outcome) === 'blocks')
    ? 'Some required checks are not ok.'
    : 'Not one check was evaluated and passed, so nothing is ok.';
}

/** The value as a person reads it: `0.8472`, or a dash where the check has no number. */
export function valueInWords(outcome: Pick<Outcome, 'value'>): string {
  return outcome.value === null ? '–' : formatNumber(outcome.value);
}

const READ_AT_A_GLANCE = 10_000;

/** A limit in exact digits, since a bound is never rounded; those of large whole numbers stand in groups of three. */
export function limitInWords(limit: number): string {
  return Number.isInteger(limit) && Math.abs(limit) >= READ_AT_A_GLANCE ? formatNumber(limit) : String(limit);
}

/** The bound as a person reads it: `≥ 0.8 and ≤ 0.9`; empty where the check has none. Exact digits: a bound is never rounded. */
export function boundInWords(bound: Bound, t: Translate): string {
  return limitsInWords(bound, t).join(` ${t('and')} `);
}

/** Each limit of the bound by itself: `≥ 0.8`, `≤ 0.9`. */
export function limitsInWords(bound: Bound, t: Translate): readonly string[] {
  return Object.entries(bound ?? {}).map(([key, limit]) => `${boundSign(key, t)} ${limitInWords(limit)}`);
}

function boundSign(key: string, t: Translate): string {
  const signs: Readonly<Record<string, string>> = {
    min: '≥',
    max: '≤',
    max_abs: '|x| ≤',
    max_drop: t('drop ≤'),
    max_drop_relative: t('relative drop ≤'),
    threshold: t('threshold'),
    tolerance: t('within'),
    additivity: t('additivity ≤'),
    max_top_share: t('top share ≤'),
    min_rank_correlation: t('rank correlation ≥'),
    min_fidelity: t('fidelity ≥'),
    min_absolute_change: t('change ≥'),
    min_relative_change: t('relative change ≥'),
  };
  return Object.hasOwn(signs, key) ? (signs[key] ?? key) : key;
}

/** The interval as a person reads it: `[0.83, 0.86]`; empty where there is none. */
export function intervalInWords(interval: Outcome['interval']): string {
  if (interval === null) return '';
  return `[${formatNumber(interval[0])}, ${formatNumber(interval[1])}]`;
}
