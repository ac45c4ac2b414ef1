import { fail, type Result, succeed } from '../../base/result.ts';
import { countOf, listInWords } from '../../base/text.ts';
import type { Column, NumberColumn } from '../../evidence/column-buffers.ts';

/** A label as policies and tables write it. */
export type ClassValue = string | number | boolean;

/** A column of two classes: 1 where it holds the positive value. `negative` is the other value, if there is one. */
export interface BinaryColumn {
  readonly flags: Uint8Array;
  readonly positives: number;
  readonly negative: number | string | undefined;
}

/**
 * Labels compare by value, whatever wrote them: `1`, `1.0`, `"1"` and `true` are one value, as are `0`, `"0"` and
 * `false`; other texts are themselves. So are numbers of more digits than a double keeps, which would else become equal
 * to others.
 */
export function canonicalClass(value: ClassValue): number | string {
  if (typeof value !== 'string') return Number(value);
  const text = value.trim();
  if (/^true$/i.test(text)) return 1;
  if (/^false$/i.test(text)) return 0;
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return value;
  const number = Number(text);
  const isKept = Number.isFinite(number) && (number !== 0 || !/[1-9]/.test(text.replace(/e.*$/i, '')));
  return isKept && (digitsOf(text) <= MOST_DIGITS || String(number) === text) ? number : value;
}

/** As many decimal digits as every double tells from each other. */
const MOST_DIGITS = 15;

function digitsOf(text: string): number {
  return text.replace(/e.*$/i, '').replaceAll(/[^\d]/g, '').replace(/^0+/, '').length;
}

/**
 * Tells the rows that hold the positive value from those that hold the one other value. Refused: nulls, NaN, a third
 * value, and a column in which nothing looks like the positive value (texts where the policy has a number).
 *
 * @param where the column, to begin a sentence: `Column “y” of data set “holdout”`
 * @param negative the other value, when another column has told it already
 */
export function binaryColumn(
  column: Column,
  positive: ClassValue,
  where: string,
  negative?: number | string,
): Result<BinaryColumn> {
  if (column.nulls > 0) return fail('label-null', `${where} is null in ${countOf(column.nulls, 'row')}.`);
  const wanted = canonicalClass(positive);
  return column.kind === 'number'
    ? fromNumbers(column.values, column.nans, wanted, where, negative)
    : fromTexts(column.codes, column.categories, wanted, where, negative);
}

/** The first value of a column without nulls that is not the positive one; undefined when there is none. */
export function otherValue(column: Column, positive: ClassValue): number | string | undefined {
  const wanted = canonicalClass(positive);
  if (column.kind === 'number') return column.values.find((value) => value !== wanted);
  return column.categories.map(canonicalClass).find((value) => value !== wanted);
}

function fromNumbers(
  values: NumberColumn['values'],
  nans: number,
  positive: number | string,
  where: string,
  known: number | string | undefined,
): Result<BinaryColumn> {
  if (nans > 0) return fail('label-nan', `${where} is NaN in ${countOf(nans, 'row')}.`);
  const flags = new Uint8Array(values.length);
  const other = values.find((value) => value !== positive);
  let positives = 0;
  let others = 0;
  // Not by branches, which half of the rows would take by surprise.
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    const flag = Number(value === positive);
    flags[row] = flag;
    positives += flag;
    others += Number(value === other);
  }
  if (other !== undefined && !Number.isFinite(other)) return fail('label-infinite', `${where} holds infinite numbers.`);
  if (other !== undefined && positives + others < values.length) {
    const third = values.find((value) => value !== positive && value !== other) as number;
    return thirdValue([other, third], positive, where);
  }
  return checked({ flags, positives, negative: other }, positive, where, known);
}

function fromTexts(
  codes: Int32Array,
  categories: readonly string[],
  positive: number | string,
  where: string,
  known: number | string | undefined,
): Result<BinaryColumn> {
  const canonical = categories.map(canonicalClass);
  const others = [...new Set(canonical.filter((value) => value !== positive))];
  if (others.length > 1) return thirdValue(others, positive, where);
  const isPositive = Uint8Array.from(canonical, (value) => (value === positive ? 1 : 0));
  const flags = new Uint8Array(codes.length);
  let positives = 0;
  for (let row = 0; row < codes.length; row += 1) {
    const flag = isPositive[codes[row] as number] as number;
    flags[row] = flag;
    positives += flag;
  }
  // Of numbers, 0 alone is a negative class; of texts alone, nothing says that the policy's is not another spelling.
  const isOtherText = typeof positive === 'string' && typeof others[0] === 'string';
  if (positives === 0 && known === undefined && isOtherText) {
    return fail(
      'label-unlike',
      `${where} holds ${shown(others[0] as string)} only, and never the positive value ${shown(positive)}; spell \`positive\` as the table does.`,
    );
  }
  return checked({ flags, positives, negative: others[0] }, positive, where, known);
}

function checked(
  column: BinaryColumn,
  positive: number | string,
  where: string,
  known: number | string | undefined,
): Result<BinaryColumn> {
  const { negative } = column;
  if (negative === undefined) return succeed({ ...column, negative: known });
  if (known !== undefined && negative !== known) return thirdValue([known, negative], positive, where);
  if (typeof negative !== typeof positive) {
    return fail(
      'label-unlike',
      `${where} holds ${shown(negative)}, which is nothing like the positive value ${shown(positive)}; set \`positive\`.`,
    );
  }
  return succeed(column);
}

function thirdValue(
  others: readonly (number | string)[],
  positive: number | string,
  where: string,
): Result<BinaryColumn> {
  const sorted = others.toSorted((a, b) => (a < b ? -1 : 1)).slice(0, 5);
  return fail(
    'label-third',
    `${where} holds ${listInWords(sorted.map(shown))} beside the positive value ${shown(positive)}; a binary label has two values.`,
  );
}

function shown(value: number | string): string {
  return typeof value === 'number' ? String(value) : `“${value.slice(0, 40)}”`;
}
