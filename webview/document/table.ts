import type { Cell, Column, Row, RowGroup, Table } from '../../src/extension/protocol.ts';
import { send } from '../host.ts';
import { element } from './elements.ts';

/** A real table: screen readers, search and copying all know what to do with it. Undefined where the filter leaves nothing. */
export function renderTable(table: Table, filter: 'on' | 'off'): HTMLElement | undefined {
  const isEmpty = table.groups.every((group) => group.rows.length === 0);
  const groups = table.groups.map((group) => filtered(group, filter)).filter((group) => group.rows.length > 0);
  if (groups.length === 0 && !isEmpty) return undefined;
  const titleId = `title-${table.id}`;
  const title = element('h2', '', table.title);
  title.id = titleId;
  const lead = table.lead === undefined ? undefined : element('p', 'lead', table.lead);
  if (isEmpty) return element('section', 'block', title, lead);
  const bodies = groups.map((group) => bodyOf(group, table.columns));
  const grid = element('table', '', headOf(table.columns), ...bodies);
  grid.setAttribute('role', 'table');
  grid.setAttribute('aria-labelledby', titleId);
  // A wide table scrolls by itself, also by keyboard, so that the page never does sideways.
  const scroller = element('div', 'scroller', grid);
  scroller.tabIndex = 0;
  scroller.setAttribute('role', 'region');
  scroller.setAttribute('aria-labelledby', titleId);
  return element('section', 'block', title, lead, scroller);
}

function filtered(group: RowGroup, filter: 'on' | 'off'): RowGroup {
  return filter === 'off' ? group : { ...group, rows: group.rows.filter((row) => row.attention === 'needed') };
}

function headOf(columns: readonly Column[]): HTMLElement {
  const cells = columns.map((column) => {
    const cell = element('th', column.kind ?? 'text', column.title);
    cell.setAttribute('role', 'columnheader');
    cell.scope = 'col';
    return cell;
  });
  return element('thead', '', rowOf('', cells));
}

function bodyOf({ title, rows }: RowGroup, columns: readonly Column[]): HTMLElement {
  const heading = title === undefined ? undefined : headingOf(title, columns.length);
  const cells = (row: Row): HTMLElement[] => row.cells.map((cell, index) => cellOf(cell, columns[index]));
  return element('tbody', '', heading, ...rows.map((row) => rowOf('row', cells(row))));
}

function headingOf(title: string, width: number): HTMLElement {
  const cell = element('th', 'group', title);
  cell.scope = 'rowgroup';
  cell.colSpan = width;
  cell.setAttribute('role', 'rowheader');
  return rowOf('', [cell]);
}

/** The roles say again what the elements mean, because a narrow panel lays rows out as blocks and would lose it. */
function rowOf(className: string, cells: readonly HTMLElement[]): HTMLElement {
  const row = element('tr', className, ...cells);
  row.setAttribute('role', 'row');
  return row;
}

function cellOf(cell: Cell, column: Column | undefined): HTMLElement {
  const notes = (cell.notes ?? []).map((note) => element('div', 'note', note));
  const emptiness = cell.text === '–' ? ['empty'] : [];
  const classes = [cell.kind ?? column?.kind ?? 'text', `tone-${cell.tone ?? 'plain'}`, ...emptiness].join(' ');
  const made = element(
    'td',
    classes,
    cell.symbol === undefined ? undefined : symbolOf(cell.symbol),
    shownText(cell),
    ...notes,
  );
  made.setAttribute('role', 'cell');
  // Stands before the value where there is no room for a heading.
  made.dataset['column'] = column?.title ?? '';
  return made;
}

function shownText({ text, reveals, opens }: Cell): Node | string {
  if (reveals !== undefined) return link(text, () => send({ type: 'reveal', check: reveals }));
  return opens === undefined ? text : link(text, () => send({ type: 'open', evidence: opens }));
}

function link(text: string, onPress: () => void): HTMLElement {
  const made = element('button', 'link', text);
  made.type = 'button';
  made.addEventListener('click', onPress);
  return made;
}

/** Decoration, drawn by the style sheet: the word beside it says the same. */
export function symbolOf(symbol: string): HTMLElement {
  const made = element('span', 'symbol');
  made.dataset['symbol'] = symbol;
  made.setAttribute('aria-hidden', 'true');
  return made;
}
