import { fail, type Result, succeed } from '../base/result.ts';
import { countOf } from '../base/text.ts';
import { type Column, doublesOf } from '../evidence/column-buffers.ts';
import { sortFloats } from '../metrics/sort-floats.ts';
import { canonicalClass } from './rows/class-values.ts';
import { columnOf, whereOf } from './rows/columns.ts';
import type { DatasetRows } from './rows/dataset-rows.ts';

/**
 * The other model's rows in the order of these, joined by `key`: each key stands once on either side, labels (and
 * weights, queries) are equal.
 *
 * @param needsLabel whether the metric looks at labels, so that they were read
 */
export function pairedRows(rows: DatasetRows, other: DatasetRows, needsLabel: boolean): Result<DatasetRows> {
  const { key } = rows.dataset;
  const source = { name: rows.name, rows: rows.rows, has: () => true, column: rows.column };
  const mine = columnOf(source, key, 'key', 'value');
  if (!mine.ok) return mine;
  const theirs = columnOf({ ...source, column: other.column }, key, 'key', 'value');
  if (!theirs.ok) return theirs;
  const where = whereOf('key', key, rows.name);
  const order = matchKeys(mine.value, theirs.value, where);
  if (!order.ok) return order;
  const paired =
    order.value === 'in the same order' ? other : other.only(order.value, `${rows.name} of the other model`);
  const same = sameTruth(rows, paired, needsLabel);
  return same.ok ? succeed(paired) : same;
}

/** Where each of these keys stands on the other side. */
function matchKeys(mine: Column, theirs: Column, where: string): Result<Int32Array | 'in the same order'> {
  for (const column of [mine, theirs]) {
    if (column.nulls > 0)
      return fail('key-null', `${where} is null in ${countOf(column.nulls, 'row')}, so rows can't be paired.`);
    if (column.kind === 'number' && column.nans > 0)
      return fail('key-nan', `${where} is NaN in ${countOf(column.nans, 'row')}, so rows can't be paired.`);
  }
  const rows = lengthOf(mine);
  if (rows !== lengthOf(theirs)) {
    return fail(
      'key-unmatched',
      `This model has ${countOf(rows, 'row')} and the other ${countOf(lengthOf(theirs), 'row')}; with \`key\`, rows must match one to one.`,
    );
  }
  if (mine.kind === 'number' && theirs.kind === 'number')
    return matchNumbers(doublesOf(mine), doublesOf(theirs), where);
  return matchTexts(textsOf(mine), textsOf(theirs), where);
}

function matchNumbers(
  mine: Float64Array,
  theirs: Float64Array,
  where: string,
): Result<Int32Array | 'in the same order'> {
  const first = sortedWithRows(mine);
  const repeated = first.sorted.findIndex((value, index) => index > 0 && value === first.sorted[index - 1]);
  if (repeated >= 0) return twice(String(first.sorted[repeated]), where);
  if (mine.every((value, row) => value === theirs[row])) return succeed('in the same order');
  const second = sortedWithRows(theirs);
  const order = new Int32Array(mine.length);
  for (let at = 0; at < mine.length; at += 1) {
    if (first.sorted[at] !== second.sorted[at]) return unmatched(String(first.sorted[at]), where);
    order[first.rows[at] as number] = second.rows[at] as number;
  }
  return succeed(order);
}

function sortedWithRows(values: Float64Array): { sorted: Float64Array; rows: Float64Array } {
  const order = Float64Array.from(values, (_, row) => row);
  const { sorted, carried = order } = sortFloats(values.slice(), order);
  return { sorted, rows: carried };
}

function matchTexts(
  mine: readonly string[],
  theirs: readonly string[],
  where: string,
): Result<Int32Array | 'in the same order'> {
  const places = new Map<string, number>();
  for (const [row, text] of theirs.entries()) {
    if (places.has(text)) return twice(text, where);
    places.set(text, row);
  }
  const order = new Int32Array(mine.length);
  const seen = new Uint8Array(mine.length);
  for (const [row, text] of mine.entries()) {
    const place = places.get(text);
    if (place === undefined) return unmatched(text, where);
    if (seen[place] === 1) return twice(text, where);
    seen[place] = 1;
    order[row] = place;
  }
  return succeed(order);
}

/** Numbers as texts compare with texts as in class values: `7` and `"7"` are one key. */
function textsOf(column: Column): string[] {
  if (column.kind === 'number') return Array.from(column.values, String);
  const canonical = column.categories.map((category) => String(canonicalKey(category)));
  return Array.from(column.codes, (code) => canonical[code] as string);
}

/** A number only where writing it again gives the same text, so that `007` and `7` stay two keys. */
function canonicalKey(text: string): string {
  const number = canonicalClass(text);
  return typeof number === 'number' && String(number) === text.trim() ? String(number) : text;
}

function sameTruth(rows: DatasetRows, other: DatasetRows, needsLabel: boolean): Result<undefined> {
  const weights = rows.weights();
  if (!weights.ok) return weights;
  const theirs = other.weights();
  if (!theirs.ok) return theirs;
  if (weights.value && theirs.value && !equal(weights.value, theirs.value)) {
    return fail('pair-weights-differ', `Rows of one key have other weights in the two models’ “${rows.name}”.`);
  }
  if (!needsLabel) return succeed(undefined);
  const pairs = truthOf(rows);
  if (!pairs.ok) return pairs;
  const others = truthOf(other);
  if (!others.ok) return others;
  for (const [index, { what, values }] of pairs.value.entries()) {
    if (!equal(values, others.value[index]?.values ?? [])) {
      return fail(
        'pair-labels-differ',
        `Rows of one key have another ${what} in the two models’ “${rows.name}”, so they are not the same cases.`,
      );
    }
  }
  return succeed(undefined);
}

interface Truth {
  readonly what: string;
  readonly values: ArrayLike<number>;
}

function truthOf(rows: DatasetRows): Result<readonly Truth[]> {
  switch (rows.task) {
    case 'binary': {
      const labels = rows.binary.labels();
      return labels.ok ? succeed([{ what: 'label', values: labels.value.flags }]) : labels;
    }
    case 'multiclass':
      return classTruth(rows);
    case 'regression': {
      const labels = rows.regression.labels();
      return labels.ok ? succeed([{ what: 'label', values: labels.value }]) : labels;
    }
    case 'ranking': {
      const labels = rows.ranking.labels();
      if (!labels.ok) return labels;
      const queries = rows.ranking.queries();
      if (!queries.ok) return queries;
      return succeed([
        { what: 'label', values: labels.value },
        { what: 'query', values: inOrderOfFirstRows(queries.value.codes) },
      ]);
    }
  }
}

/** Class numbers may differ between the models. */
function classTruth(rows: DatasetRows): Result<readonly Truth[]> {
  const classes = rows.multiclass.classes();
  if (!classes.ok) return classes;
  const labels = rows.multiclass.labels();
  if (!labels.ok) return labels;
  const sorted = [...classes.value].sort();
  const place = classes.value.map((name) => sorted.indexOf(name));
  return succeed([
    { what: 'label', values: labels.value.map((label) => place[label] as number) },
    {
      what: 'set of classes',
      values: sorted
        .join('\u0000')
        .split('')
        .map((character) => character.charCodeAt(0)),
    },
  ]);
}

function inOrderOfFirstRows(codes: Int32Array): Int32Array {
  const seen = new Map<number, number>();
  return codes.map((code) => {
    const known = seen.get(code);
    if (known !== undefined) return known;
    seen.set(code, seen.size);
    return seen.size - 1;
  });
}

function equal(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}

function lengthOf(column: Column): number {
  return column.kind === 'text' ? column.codes.length : column.values.length;
}

function twice<Value>(key: string, where: string): Result<Value> {
  return fail('key-twice', `${where} holds “${key.slice(0, 40)}” more than once, so rows can't be paired.`);
}

function unmatched<Value>(key: string, where: string): Result<Value> {
  return fail(
    'key-unmatched',
    `${where} holds “${key.slice(0, 40)}” in only one of the two models’ tables; rows must match one to one.`,
  );
}
