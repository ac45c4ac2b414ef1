import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { doublesOf } from '../../evidence/column-buffers.ts';
import { describeTable, readColumns, type TableFiles } from '../../evidence/table.ts';
import { type ColumnSketch, MOST_DISTINCT } from './column-sketch.ts';
import { guessColumns } from './guess-columns.ts';
import type { GuessedTable } from './guessed-table.ts';

/** A prediction table among a run's artifacts. `path` starts at the artifact folder, `/`-separated. */
export interface FoundTable {
  readonly path: string;
  readonly columns: GuessedTable;
}

const TABLE_FILE = /\.(?:parquet|csv|tsv|jsonl)(?:\.gz|\.zst)?$/i;
/** The same, for whoever fetches artifacts. */
export const TABLE_GLOBS: readonly string[] = ['parquet', 'csv', 'tsv', 'jsonl'].flatMap((ending) =>
  ['', '.gz', '.zst'].map((packed) => `**/*.${ending}${packed}`),
);
/** What people call rows that the model never saw, best first. */
const PREFERRED_NAMES = [/holdout|hold_out/i, /test/i, /predictions?\b/i, /eval|valid/i];
const AVOIDED_NAMES = /train|noise|perturb|latency|shap|lime/i;
const MOST_TABLES = 20;
const DEEPEST = 4;
const LARGEST_BYTES = 256 * 1024 * 1024;
const MOST_COLUMNS = 60;

/** Looks among the run's artifacts for the table most like a holdout's predictions; undefined when none is like one. */
export async function findPredictionTable(
  artifactFolder: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<FoundTable | undefined> {
  const paths = tablesIn(artifactFolder, '', 0).toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  for (const path of paths.slice(0, MOST_TABLES)) {
    options.signal?.throwIfAborted();
    const files = { absolute: [join(artifactFolder, path)], relative: [path] };
    const columns = guessColumns(await sketchColumns(files, options));
    if (columns !== undefined) return { path, columns };
  }
  return undefined;
}

function rank(path: string): number {
  const place = PREFERRED_NAMES.findIndex((name) => name.test(path));
  return (place === -1 ? PREFERRED_NAMES.length : place) + (AVOIDED_NAMES.test(path) ? PREFERRED_NAMES.length + 1 : 0);
}

function tablesIn(root: string, folder: string, depth: number): string[] {
  if (depth > DEEPEST) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return tablesIn(root, path, depth + 1);
    const isTable = entry.isFile() && TABLE_FILE.test(entry.name) && statSync(join(root, path)).size <= LARGEST_BYTES;
    return isTable ? [path] : [];
  });
}

/** Reads column by column, so that a column of another kind than the rest spoils only itself. */
async function sketchColumns(files: TableFiles, options: { readonly signal?: AbortSignal }): Promise<ColumnSketch[]> {
  const described = await describeTable(files, options);
  if (!described.ok) return [];
  const sketches: ColumnSketch[] = [];
  for (const { name } of described.value.slice(0, MOST_COLUMNS)) {
    const sketch = await sketchColumn(files, name, options);
    if (sketch !== undefined) sketches.push(sketch);
  }
  return sketches;
}

async function sketchColumn(
  files: TableFiles,
  name: string,
  options: { readonly signal?: AbortSignal },
): Promise<ColumnSketch | undefined> {
  const asNumber = await readColumns(files, [{ name, as: 'number' }], options);
  const isNumber = asNumber.ok && asNumber.value.columns.get(name)?.ok === true;
  const read = isNumber ? asNumber : await readColumns(files, [{ name, as: 'value' }], options);
  const found = read.ok ? read.value.columns.get(name) : undefined;
  if (found?.ok !== true) return undefined;
  const column = found.value;
  if (column.kind === 'text') {
    const distinct = column.categories.slice(0, MOST_DISTINCT);
    const unique = column.nulls === 0 && column.categories.length === column.codes.length;
    return {
      name,
      distinct,
      more: column.categories.length > MOST_DISTINCT,
      numeric: false,
      range: undefined,
      missing: column.nulls,
      unique,
    };
  }
  return sketchNumbers(name, doublesOf(column), column.nulls + column.nans);
}

function sketchNumbers(name: string, values: Float64Array, missing: number): ColumnSketch {
  const seen = new Set<number>();
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    seen.add(value);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return {
    name,
    distinct: [...seen].slice(0, MOST_DISTINCT),
    more: seen.size > MOST_DISTINCT,
    numeric: true,
    range: low <= high ? [low, high] : undefined,
    missing,
    unique: missing === 0 && seen.size === values.length,
  };
}
