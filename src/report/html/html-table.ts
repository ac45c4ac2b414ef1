import type { Cell, Column, Row, RowGroup, Table } from '../document/document.ts';
import { type HtmlChild, type HtmlElement, html } from './html-element.ts';

/** Where a check's name leads to: the anchor of the picture that explains it. */
export type PictureOf = (check: string) => string | undefined;

/** A section with the table. An element that scrolls can be reached by keyboard. */
export function tableSection({ id, title, lead, columns, groups }: Table, pictureOf: PictureOf): HtmlElement {
  const heading = `title-${id}`;
  const table = html(
    'table',
    { 'aria-labelledby': heading },
    html('thead', {}, html('tr', {}, ...columns.map(columnHeading))),
    ...groups.map((group) => bodyOf(group, columns, pictureOf)),
  );
  return html(
    'section',
    { id },
    html('h2', { id: heading }, title),
    lead === undefined ? undefined : html('p', { class: 'lead' }, lead),
    html('section', { class: 'scroller', tabindex: '0', 'aria-labelledby': heading }, table),
  );
}

function columnHeading({ title, kind }: Column): HtmlElement {
  return html('th', { scope: 'col', class: kind ?? 'text' }, title);
}

function bodyOf({ title, rows }: RowGroup, columns: readonly Column[], pictureOf: PictureOf): HtmlElement {
  const heading =
    title === undefined
      ? undefined
      : html('tr', {}, html('th', { scope: 'rowgroup', class: 'group', colspan: String(columns.length) }, title));
  return html('tbody', {}, heading, ...rows.flatMap((row) => rowsOf(row, columns, pictureOf)));
}

/** What a cell adds in small print stands below its row, so that it has the width of the columns beside it, too. */
function rowsOf({ cells }: Row, columns: readonly Column[], pictureOf: PictureOf): readonly HtmlElement[] {
  const row = html('tr', {}, ...cells.map((cell, index) => cellOf(cell, columns[index], pictureOf)));
  const at = cells.findIndex(({ notes = [] }) => notes.length > 0);
  if (at < 0) return [row];
  const notes = cells.flatMap((cell) => cell.notes ?? []).map((note) => html('div', {}, note));
  const kind = cells[at]?.kind ?? columns[at]?.kind ?? 'text';
  return [
    row,
    html(
      'tr',
      { class: 'more' },
      at === 0 ? undefined : html('td', { colspan: String(at) }),
      html('td', { class: `notes of-${kind}`, colspan: String(columns.length - at) }, ...notes),
    ),
  ];
}

function cellOf(
  { text, tone, symbol, kind, reveals }: Cell,
  column: Column | undefined,
  pictureOf: PictureOf,
): HtmlElement {
  const anchor = reveals === undefined ? undefined : pictureOf(reveals);
  const shown: HtmlChild = anchor === undefined ? text : html('a', { href: `#${anchor}` }, text);
  return html(
    'td',
    { class: `${kind ?? column?.kind ?? 'text'} tone-${tone ?? 'plain'}` },
    symbol === undefined ? undefined : symbolOf(symbol),
    shown,
  );
}

/** Decoration: the word beside it says the same. */
export function symbolOf(symbol: string): HtmlElement {
  // The blank is for where no style sheet keeps the two apart, and for what is copied.
  return html('span', { class: 'symbol', 'aria-hidden': 'true' }, `${symbol} `);
}
