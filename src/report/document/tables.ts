import { EMPTY_CELL } from './cells.ts';
import type { Row, Table } from './document.ts';

/** A table whose rows need no headings of their own. */
export type PlainTable = Omit<Table, 'groups'> & { readonly rows: readonly Row[] };

export function asTable({ rows, ...rest }: PlainTable): Table {
  return { ...rest, groups: [{ rows }] };
}

/** A column of dashes says nothing and takes the room of one that does. */
export function withoutEmptyColumns(table: Table): Table {
  const rows = table.groups.flatMap((group) => group.rows);
  const filled = table.columns.map((_, index) => rows.some((row) => row.cells[index]?.text !== EMPTY_CELL.text));
  const keep = <Item>(items: readonly Item[]): readonly Item[] => items.filter((_, index) => filled[index]);
  return {
    ...table,
    columns: keep(table.columns),
    groups: table.groups.map((group) => ({
      ...group,
      rows: group.rows.map((row) => ({ ...row, cells: keep(row.cells) })),
    })),
  };
}
