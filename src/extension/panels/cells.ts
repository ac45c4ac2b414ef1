import { formatNumber } from '../../base/text.ts';
import type { OutcomeStatus } from '../../checks/outcome.ts';
import { STATUS_WORDS } from '../../report/outcome-words.ts';
import type { Cell } from '../protocol.ts';
import { lookOf, statusWord } from '../views/status-look.ts';
import { visible } from '../visible-text.ts';

export const EMPTY_CELL: Cell = { text: '–', tone: 'quiet' };

export function textCell(text: string, extra: Partial<Cell> = {}): Cell {
  const note = extra.note === undefined ? {} : { note: visible(extra.note) };
  return { text: visible(text), ...extra, ...note };
}

export function codeCell(text: string): Cell {
  return { text: visible(text), kind: 'code' };
}

export function numberCell(value: number | null | undefined): Cell {
  return value === null || value === undefined
    ? { ...EMPTY_CELL, kind: 'number' }
    : { text: formatNumber(value), kind: 'number' };
}

/** Several figures in one cell, such as the bounds of a check: each stays whole, and the cell wraps between them. */
export function figuresCell(figures: readonly string[], conjunction = ' '): Cell {
  return { text: figures.map((figure) => figure.replaceAll(' ', '\u00a0')).join(conjunction), kind: 'number' };
}

/** Symbol, word and colour together: none of them alone tells everybody. */
export function statusCell(status: OutcomeStatus): Cell {
  return { text: statusWord(status), symbol: STATUS_WORDS[status].symbol, tone: lookOf(status).tone };
}
