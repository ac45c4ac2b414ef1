import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** What SQLite gave. A damaged file may hold text, or bytes, where a number belongs. */
export type Cell = string | number | Uint8Array | null;
export type ColumnKind = 'text' | 'number';
export type Columns<Name extends string = string> = Readonly<Record<Name, ColumnKind>>;
export type RowOf<Name extends string> = Readonly<Record<Name, Cell>>;

/** Reads tables by column name, whatever version of MLflow made them: columns that are not there read as null. */
export interface SqliteTables {
  has(table: string, column?: string): boolean;
  /**
   * Rows of `table`, with exactly the columns asked for. Whole numbers are read as doubles.
   *
   * @param condition SQL after the table's name, in the table's own columns; never text from outside
   */
  rows<Name extends string>(
    table: string,
    columns: Columns<Name>,
    condition?: string,
    values?: readonly SQLInputValue[],
  ): RowOf<Name>[];
  /**
   * What the expressions give for each row, as arrays; nothing when there is no such table.
   *
   * @param expressions SQL; never text from outside
   */
  computed(table: string, expressions: readonly string[], condition?: string): Cell[][];
  /** As `rows`, but arrays in the order of `columns` and with the row’s number last, a batch of rows at a time: for tables with many rows. */
  batches(
    table: string,
    columns: Columns,
    condition?: string,
    values?: readonly SQLInputValue[],
  ): Iterable<readonly (readonly Cell[])[]>;
}

/** How many rows are in memory at once where a table is read in batches. */
const BATCH = 5000;

export function sqliteTables(database: DatabaseSync): SqliteTables {
  const columnsOf = new Map<string, Set<string>>();

  function columns(table: string): Set<string> {
    const known = columnsOf.get(table);
    if (known) return known;
    refuseUnlessStored(database, table);
    const found = database.prepare(`SELECT name FROM pragma_table_info('${table}')`).all();
    const names = new Set(found.map(({ name }) => String(name)));
    columnsOf.set(table, names);
    return names;
  }

  function selectionOf(table: string, wanted: Columns): string {
    const stored = columns(table);
    return Object.entries(wanted)
      .map(([name, kind]) => `${stored.has(name) ? selection(name, kind) : 'NULL'} AS "${name}"`)
      .join(', ');
  }

  return {
    has: (table, column) => (column === undefined ? columns(table).size > 0 : columns(table).has(column)),
    rows(table, wanted, condition = '', values = []) {
      if (columns(table).size === 0) return [];
      const statement = database.prepare(`SELECT ${selectionOf(table, wanted)} FROM "${table}" ${condition}`);
      return statement.all(...values) as RowOf<keyof typeof wanted & string>[];
    },
    computed(table, expressions, condition = '') {
      if (columns(table).size === 0) return [];
      return arraysOf(database.prepare(`SELECT ${aliased(expressions)} FROM "${table}" ${condition}`));
    },
    *batches(table, wanted, condition = 'TRUE', values = []) {
      if (columns(table).size === 0) return;
      const statement = database.prepare(
        `SELECT ${selectionOf(table, wanted)}, rowid FROM "${table}" WHERE rowid > ? AND ${condition} ORDER BY rowid LIMIT ${BATCH}`,
      );
      let last = Number.MIN_SAFE_INTEGER;
      for (;;) {
        const batch = arraysOf(statement, last, ...values);
        if (batch.length > 0) yield batch;
        if (batch.length < BATCH) return;
        last = Number(batch.at(-1)?.at(-1));
      }
    },
  };
}

/** Rows that come as objects need names that differ. */
function aliased(expressions: readonly string[]): string {
  return expressions.map((expression, index) => `${expression} AS "c${index}"`).join(', ');
}

/** Node 22 learnt to give rows as arrays in 22.16. */
function arraysOf(statement: StatementSync, ...values: SQLInputValue[]): Cell[][] {
  if (typeof statement.setReturnArrays !== 'function') {
    return statement.all(...values).map((row) => Object.values(row) as Cell[]);
  }
  statement.setReturnArrays(true);
  return statement.all(...values) as unknown as Cell[][];
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

/**
 * Integers beyond 2⁵³ would make the reader throw, so they come as doubles. What is no number must not be cast to one:
 * SQLite would make it 0.
 */
function selection(name: string, kind: ColumnKind): string {
  return kind === 'text'
    ? `CAST("${name}" AS TEXT)`
    : `CASE typeof("${name}") WHEN 'integer' THEN CAST("${name}" AS REAL) ELSE "${name}" END`;
}
