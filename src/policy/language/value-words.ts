import { formatNumber, formatNumberAgainst } from '../../base/text.ts';
import type { OutcomeStatus } from './facts.ts';

/** How a status is drawn beside a bound, and how it is said. Sign and word mean the same; colour tells nobody anything. */
export const STATUS_SIGNS: Readonly<Record<OutcomeStatus, { readonly sign: string; readonly word: string }>> = {
  pass: { sign: '✓', word: 'holds' },
  fail: { sign: '✗', word: 'fails' },
  uncertain: { sign: '?', word: 'uncertain' },
  not_evaluable: { sign: '!', word: 'not evaluable' },
  pending: { sign: '…', word: 'pending' },
  waived: { sign: '~', word: 'waived' },
  not_applicable: { sign: '–', word: 'not applicable' },
};

/** `0.847`, with digits enough to differ from the bound where it does. */
export function valueText(value: number, bound?: number): string {
  return bound === undefined ? formatNumber(value) : formatNumberAgainst(value, bound);
}

/** `[0.83, 0.86]`, each end written so that it differs from the bound where it does. */
export function intervalText([low, high]: readonly [number, number], bound?: number): string {
  return `[${valueText(low, bound)}, ${valueText(high, bound)}]`;
}
