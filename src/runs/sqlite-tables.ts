import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

/** Reads tables by column name, whatever version of MLflow made them: columns that are not there read as null. */
export interface SqliteTables {
  has(table: string, column?: string): boolean;
  /**
   * Rows of `table`, with exactly the columns asked for. Whole numbers are read as doubles.
   *
   * @param condition SQL after the table's name, in the table's own columns; never text from outside
   */
  rows(table: string, columns: readonly string[], condition?: string, values?: readonly SQLInputValue[]): Row[];
}

export function sqliteTables(database: DatabaseSync): SqliteTables {
  const columnsOf = new Map<string, Map<string, string>>();

  function columns(table: string): Map<string, string> {
    const known = columnsOf.get(table);
    if (known) return known;
    refuseUnlessStored(database, table);
    const found = database.prepare(`SELECT name, type FROM pragma_table_info('${table}')`).all();
    const types = new Map(found.map(({ name, type }) => [String(name), String(type).toUpperCase()]));
    columnsOf.set(table, types);
    return types;
  }

  return {
    has: (table, column) => (column === undefined ? columns(table).size > 0 : columns(table).has(column)),
    rows(table, wanted, condition = '', values = []) {
      const types = columns(table);
      if (types.size === 0) return [];
      const selected = wanted.map((name) => selection(name, types.get(name)));
      const statement = database.prepare(`SELECT ${selected.join(', ')} FROM "${table}" ${condition}`);
      return statement.all(...values) as Row[];
    },
  };
}

/**
 * A view or a virtual table computes its rows, perhaps without end, and nothing can stop SQLite while it does. Only
 * rows that are stored in the file are read.
 */
function refuseUnlessStored(database: DatabaseSync, table: string): void {
  const kinds = database
    .prepare(`SELECT type FROM pragma_table_list WHERE schema = 'main' AND name = ? COLLATE NOCASE`)
    .all(table);
  const kind = kinds.find(({ type }) => type !== 'table')?.['type'];
  if (kind !== undefined) throw new Error(`“${table}” is not a table in it, but a ${String(kind)}, which is refused`);
}

/** Integers beyond 2⁵³ would make the reader throw, so whole-number columns come as doubles. */
function selection(name: string, type: string | undefined): string {
  if (type === undefined) return `NULL AS "${name}"`;
  return /INT|FLOAT|BOOL/.test(type) ? `CAST("${name}" AS REAL) AS "${name}"` : `CAST("${name}" AS TEXT) AS "${name}"`;
}
