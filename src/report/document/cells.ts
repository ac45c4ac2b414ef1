import { escapeForTerminal, formatNumber } from '../../base/text.ts';
import type { Translate } from '../../base/translate.ts';
import { STATUS_WORDS } from '../outcome-words.ts';
import { type Standing, statusWord, toneOf } from '../status.ts';
import type { Cell } from './document.ts';

export const EMPTY_CELL: Cell = { text: '–', tone: 'quiet' };

/** Names and messages come from anybody: one line, with everything visible that would hide or reorder text. */
export const plain = escapeForTerminal;

export function textCell(text: string, { notes = [], ...extra }: Partial<Cell> = {}): Cell {
  const kept = notes.filter((note) => note !== '').map(plain);
  return { text: plain(text), ...extra, ...(kept.length === 0 ? {} : { notes: kept }) };
}

export function codeCell(text: string, extra: Partial<Cell> = {}): Cell {
  return { ...textCell(text, extra), kind: 'code' };
}

export function numberCell(value: number | null | undefined): Cell {
  return value === null || value === undefined
    ? { ...EMPTY_CELL, kind: 'number' }
    : { text: formatNumber(value), kind: 'number' };
}

/** Several figures in one cell, such as the bounds of a check: each stays whole, and lines may end between them. */
export function figuresCell(figures: readonly string[], conjunction = ''): Cell {
  const whole = figures.map((figure) => figure.replaceAll(' ', '\u00a0'));
  return { text: whole.join(`${conjunction}\n`), kind: 'number' };
}

/** Symbol, word and colour together: none of them alone tells everybody. */
export function statusCell(standing: Standing, t: Translate): Cell {
  return { text: statusWord(standing, t), symbol: STATUS_WORDS[standing].symbol, tone: toneOf(standing) };
}
