import { escapeForTerminal, formatNumber } from '../../base/text.ts';

/** The numbers behind a picture, as texts that are ready to be shown. */
export interface DataTable {
  readonly columns: readonly { readonly title: string; readonly kind: 'number' | 'text' }[];
  readonly rows: readonly (readonly string[])[];
}

/** null where there is no value. */
export type DataCell = string | number | null;

/** A table longer than this is no reading matter; the CSV has all of it. */
const MOST_ROWS = 250;

/** The table and its CSV. A column is one of numbers where no cell is a text. */
export function dataTable(
  titles: readonly string[],
  rows: readonly (readonly DataCell[])[],
): { readonly table: DataTable; readonly csv: string } {
  const columns = titles.map((title, index) => ({
    title,
    kind: rows.some((row) => typeof row[index] === 'string') ? ('text' as const) : ('number' as const),
  }));
  const shown = rows.slice(0, MOST_ROWS).map((row) => row.map(shownCell));
  const csv = [titles, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n');
  return { table: { columns, rows: shown }, csv: `${csv}\r\n` };
}

function shownCell(cell: DataCell): string {
  if (cell === null) return '–';
  return typeof cell === 'number' ? formatNumber(cell) : escapeForTerminal(cell);
}

/**
 * As RFC 4180. Spreadsheets run cells that begin like a formula, and names come from anybody: such a text gets an
 * apostrophe before it, which they take for "this is text".
 */
function csvCell(cell: DataCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
