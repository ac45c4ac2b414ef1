import type { DescribedField } from '../approval/describe-statement.ts';
import { escapeForTerminal } from '../base/text.ts';
import type { TerminalStyle } from './terminal-style.ts';
import { alignColumns } from './text-table.ts';

/** A statement's fields for a terminal, one line each: what is signed, in words. */
export function renderFields(fields: readonly DescribedField[], style: TerminalStyle): string {
  const rows = fields.map(({ label, value }) => [escapeForTerminal(label), escapeForTerminal(value)]);
  const lines = alignColumns(rows, (cell, _row, column) => (column === 0 ? style.strong(cell) : cell));
  return `${lines.join('\n')}\n`;
}
