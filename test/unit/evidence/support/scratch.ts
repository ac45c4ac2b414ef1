import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import type { Result } from '../../../../src/base/result.ts';
import { type ColumnRequest, readColumns, type Table } from '../../../../src/evidence/table.ts';

export interface Scratch {
  readonly path: string;
  /** Writes a file, with the folders above it, and gives its absolute path. */
  write(name: string, content: string | Uint8Array): string;
  /** Writes the files and reads them as one table. */
  read(files: Readonly<Record<string, string | Uint8Array>>, columns: readonly ColumnRequest[]): Promise<Result<Table>>;
}

/** An empty folder; gone when the tests of the file are over. */
export function scratch(): Scratch {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'signoff-tables-')));
  after(() => rmSync(path, { recursive: true, force: true }));
  const write = (name: string, content: string | Uint8Array): string => {
    const absolute = join(path, name);
    mkdirSync(dirname(absolute), { recursive: true });
    writeFileSync(absolute, content);
    return absolute;
  };
  return {
    path,
    write,
    read(files, columns) {
      const relative = Object.keys(files);
      const absolute = Object.entries(files).map(([name, content]) => write(name, content));
      return readColumns({ absolute, relative }, columns);
    },
  };
}

/** The problem of a table that must not be had. */
export function problemOf(table: Result<Table>): string {
  if (table.ok) throw new Error(`It was read, with ${table.value.rows} rows`);
  return table.problem.message;
}

/** The numbers of one column; the problem when it can't be had. */
export function numbersOf(table: Result<Table>, column: string): readonly number[] | string {
  const found = table.ok ? table.value.columns.get(column) : table;
  if (found === undefined) return `no column ${column}`;
  if (!found.ok) return found.problem.message;
  return 'kind' in found.value && found.value.kind === 'number' ? [...found.value.values] : 'texts';
}

/** The texts of one column, null where a cell is empty; the problem when it can't be had. */
export function textsOf(table: Result<Table>, column: string): readonly (string | null)[] | string {
  const found = table.ok ? table.value.columns.get(column) : table;
  if (found === undefined) return `no column ${column}`;
  if (!found.ok) return found.problem.message;
  if (!('kind' in found.value) || found.value.kind !== 'text') return 'numbers';
  const { codes, categories } = found.value;
  return [...codes].map((code) => (code < 0 ? null : (categories[code] as string)));
}
