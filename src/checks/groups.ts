import { fail, type Result, succeed } from '../base/result.ts';
import { countOf, listInWords } from '../base/text.ts';
import { type Column, doublesOf, type NumberColumn } from '../evidence/column-buffers.ts';
import { binIndex, binLabels, groupColumn, groupNames, MISSING_GROUP } from '../policy/groups.ts';
import type { Group } from '../policy/schema.ts';
import { groupedCounts } from './grouped-counts.ts';
import { periodOf } from './periods.ts';
import { type DatasetRows, type Restriction, type RowCodes, restrict } from './rows/dataset-rows.ts';
import { compactCodes } from './rows/gather.ts';
import { once } from './rows/once.ts';

/** One group of a data set's rows. */
export interface RowGroup {
  /** `female`, `[25,45)`, `2024-Q3`, `(missing)`; of several groups `female & [25,45)`. */
  readonly name: string;
  readonly rows: DatasetRows;
}

/** With more groups, a column is an identifier rather than a group. */
export const MOST_GROUPS = 1000;

/** The groups of rows and which group each row is in: `groups[codes()[row]]`. */
export interface Partition {
  readonly groups: readonly RowGroup[];
  readonly codes: () => Int32Array;
}

/**
 * The groups that `by` or `group` names, in the byte order of their names: every row is in one of them, and none is
 * empty. Kept, so that checks share them.
 */
export function partition(rows: DatasetRows, by: string | readonly string[]): Result<readonly RowGroup[]> {
  const found = partitionCodes(rows, by);
  return found.ok ? succeed(found.value.groups) : found;
}

/** As `partition`, with the group of each row. */
export function partitionCodes(rows: DatasetRows, by: string | readonly string[]): Result<Partition> {
  return rows.kept(partitionKey(by), () => divide(rows, groupNames(by)));
}

/** What is known of a group without its rows. */
export interface CountedGroup {
  readonly name: string;
  readonly rows: number;
  readonly counted: Restriction['counted'];
}

/** Lets the rows, which themselves are not there, know their groups by the counts in each. */
export function keepCountedGroups(
  rows: DatasetRows,
  by: string | readonly string[],
  groups: readonly CountedGroup[],
): void {
  const codes = () => {
    throw new Error(`of the rows of “${rows.title}” only counts were kept`);
  };
  const ordered = groups
    .map((group) => ({ ...group, bytes: Buffer.from(group.name) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes));
  rows.kept(
    partitionKey(by),
    (): Result<Partition> =>
      succeed({
        groups: ordered.map(({ name, rows: size, counted = {} }) => ({
          name,
          rows: restrict(rows, { title: groupTitle(rows, groupNames(by), name), rows: size, indices: codes, counted }),
        })),
        codes,
      }),
  );
}

function partitionKey(by: string | readonly string[]): string {
  return `partition ${JSON.stringify(groupNames(by))}`;
}

function groupTitle({ title }: DatasetRows, declared: readonly string[], name: string): string {
  return `${title}, ${declared.length === 1 ? `${declared[0]} = ` : ''}${name}`;
}

/** The name that a group has whose rows hold these values, one for each declared group. */
export function groupNameOf(values: readonly string[]): string {
  return values.join(' & ');
}

/** The values in a group's name, those that hold “&” in pieces. */
export function valuesIn(name: string): string[] {
  return name.split(' & ');
}

/** The numbers of rows by declared group, and the groups' names. */
interface Named extends RowCodes {
  readonly names: readonly string[];
  /** How many rows each has, where that is known already. */
  readonly sizes?: ArrayLike<number>;
}

function divide(rows: DatasetRows, declared: readonly string[]): Result<Partition> {
  if (rows.rows === 0) return fail('table-empty', `Data set “${rows.title}” has no rows.`);
  const parts: Named[] = [];
  for (const name of declared) {
    const part = rows.kept(`group ${name}`, () => namedCodes(rows, name));
    if (!part.ok) return part;
    parts.push(part.value);
  }
  const crossed = crossedCodes(parts, declared, rows.title);
  return crossed.ok ? inOrder(rows, declared, crossed.value) : crossed;
}

/** Every row's group under one declared group; groups without rows may be among them. */
function namedCodes(rows: DatasetRows, name: string): Result<Named> {
  const groups = rows.dataset.groups ?? {};
  const group = Object.hasOwn(groups, name) ? groups[name] : undefined;
  if (group === undefined) {
    const known = Object.keys(groups).map((each) => `“${each}”`);
    const others = known.length > 0 ? `it declares ${listInWords(known)}` : 'it declares none';
    return fail('group-unknown', `Data set “${rows.name}” declares no group “${name}”; ${others}.`);
  }
  const column = groupColumn(name, group);
  const as = group.bins !== undefined ? 'number' : group.every !== undefined ? 'time' : 'value';
  const found = rows.column(column, as);
  if (!found.ok) return found;
  return codesOfGroup(found.value, group, `Column “${column}” of data set “${rows.name}”`);
}

function codesOfGroup(column: Column, { bins, every }: Group, where: string): Result<Named> {
  if (column.kind === 'text') return textCodes(column.codes, column.categories, where);
  if (column.nans > 0) {
    return fail('group-nan', `${where} is NaN in ${countOf(column.nans, 'row')}, which belong to no group.`);
  }
  if (bins !== undefined) return binCodes(doublesOf(column), bins);
  if (every === undefined) return valueCodes(column.values, String, where);
  return valueCodes(column.values, (time) => periodOf(time, every), where);
}

function textCodes(codes: Int32Array, categories: readonly string[], where: string): Result<Named> {
  const missing = categories.length;
  if (missing <= MOST_GROUPS) {
    const [nulls = 0, ...sizes] = countsFromMissing(codes, missing);
    if (nulls === 0) return succeed({ codes, count: missing, names: categories, sizes });
  }
  const filled = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] as number;
    filled[row] = code < 0 ? missing : code;
  }
  const { codes: compact, count, old } = compactCodes(filled, missing + 1);
  if (count > MOST_GROUPS) return tooMany(where);
  const names = Array.from(old, (code) => (code === missing ? MISSING_GROUP : (categories[code] as string)));
  return merged(compact, names);
}

/** Rows without a text first, then the rows of each text. Two tables take turns, as in `countCells`. */
function countsFromMissing(codes: Int32Array, texts: number): number[] {
  const even = new Uint32Array(texts + 1);
  const odd = new Uint32Array(texts + 1);
  const pairs = codes.length - (codes.length % 2);
  for (let row = 0; row < pairs; row += 2) {
    const first = (codes[row] as number) + 1;
    const second = (codes[row + 1] as number) + 1;
    even[first] = (even[first] as number) + 1;
    odd[second] = (odd[second] as number) + 1;
  }
  if (pairs < codes.length) {
    const last = (codes[pairs] as number) + 1;
    even[last] = (even[last] as number) + 1;
  }
  return Array.from(even, (count, text) => count + (odd[text] as number));
}

function binCodes(values: Float64Array, edges: readonly number[]): Result<Named> {
  const names = [...binLabels(edges), MISSING_GROUP];
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    codes[row] = Number.isNaN(value) ? names.length - 1 : binIndex(edges, value);
  }
  return succeed({ codes, count: names.length, names });
}

/** NaN stands for null here. Rows of one value often follow each other. */
function valueCodes(values: NumberColumn['values'], nameOf: (value: number) => string, where: string): Result<Named> {
  const codes = new Int32Array(values.length);
  const known = new Map<number, number>();
  const byName = new Map<string, number>();
  const names: string[] = [];
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    let code = known.get(value);
    if (code === undefined) {
      const name = Number.isNaN(value) ? MISSING_GROUP : nameOf(value);
      code = byName.get(name);
      if (code === undefined) {
        code = names.length;
        names.push(name);
        byName.set(name, code);
      }
      if (known.size < MOST_REMEMBERED) known.set(value, code);
      if (names.length > MOST_GROUPS) return tooMany(where);
    }
    codes[row] = code;
  }
  return succeed({ codes, count: names.length, names });
}

const MOST_REMEMBERED = 100_000;

/** Groups of one name are one group: rows that hold the text “(missing)” join those that are null. */
function merged(codes: Int32Array, names: readonly string[]): Result<Named> {
  const first = names.map((name) => names.indexOf(name));
  if (first.every((code, index) => code === index)) return succeed({ codes, count: names.length, names });
  for (let row = 0; row < codes.length; row += 1) codes[row] = first[codes[row] as number] as number;
  return succeed({ codes, count: names.length, names });
}

function crossedCodes(parts: readonly Named[], declared: readonly string[], title: string): Result<Named> {
  const [first, ...others] = parts;
  if (first === undefined) return fail('group-none', `No group of data set “${title}” is named.`);
  let all: Named & { readonly tuples: readonly (readonly string[])[] } = {
    ...first,
    tuples: first.names.map((name) => [name]),
  };
  for (const part of others) {
    const both = new Int32Array(all.codes.length);
    for (let row = 0; row < both.length; row += 1) {
      both[row] = (all.codes[row] as number) * part.count + (part.codes[row] as number);
    }
    const { codes, count, old } = compactCodes(both, all.count * part.count);
    if (count > MOST_GROUPS) return tooMany(`“${declared.join('” and “')}” of data set “${title}”`);
    const tuples = Array.from(old, (code) => [
      ...(all.tuples[Math.floor(code / part.count)] as readonly string[]),
      part.names[code % part.count] as string,
    ]);
    all = { codes, count, names: tuples.map(groupNameOf), tuples };
  }
  if (others.length > 0 && new Set(all.names).size < all.names.length) {
    return fail(
      'group-ambiguous',
      `Two different groups of “${title}” would have the same name, as their values hold “&”.`,
    );
  }
  return succeed(all);
}

function inOrder(
  rows: DatasetRows,
  declared: readonly string[],
  { codes, names, sizes: known }: Named,
): Result<Partition> {
  const counts = known ?? countCodes(codes, names.length);
  const order = names
    .map((name, code) => ({ name, code, bytes: Buffer.from(name) }))
    .filter(({ code }) => (counts[code] as number) > 0)
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes));
  const place = new Int32Array(names.length);
  for (const [index, { code }] of order.entries()) place[code] = index;
  const placed = once(() => (order.every(({ code }, index) => code === index) ? codes : renumbered(codes, place)));

  const sizes = order.map(({ code }) => counts[code] as number);
  const indices = once(() => indicesByCode(placed(), sizes));
  const counted = groupedCounts(rows, codes, names.length);
  const groups = order.map(({ name, code }, index): RowGroup => {
    const title = groupTitle(rows, declared, name);
    return {
      name,
      rows: restrict(rows, {
        ...{ title, rows: sizes[index] as number },
        indices: () => indices()[index] as Int32Array,
        counted: counted(code),
      }),
    };
  });
  return succeed({ groups, codes: placed });
}

function renumbered(codes: Int32Array, place: Int32Array): Int32Array {
  const placed = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row += 1) placed[row] = place[codes[row] as number] as number;
  return placed;
}

function countCodes(codes: Int32Array, count: number): Float64Array {
  const counts = new Float64Array(count);
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] as number;
    counts[code] = (counts[code] as number) + 1;
  }
  return counts;
}

function indicesByCode(codes: Int32Array, sizes: readonly number[]): Int32Array[] {
  const indices = sizes.map((size) => new Int32Array(size));
  const at = new Int32Array(sizes.length);
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] as number;
    const next = at[code] as number;
    (indices[code] as Int32Array)[next] = row;
    at[code] = next + 1;
  }
  return indices;
}

function tooMany<Value>(where: string): Result<Value> {
  return fail('group-too-many', `${where} makes more than ${countOf(MOST_GROUPS, 'group')}.`);
}
