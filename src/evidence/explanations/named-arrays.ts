import { isJsonArray, type JsonObject, type JsonValue, jsonNumber } from '../../base/lenient-json.ts';
import { fail, type Result, succeed } from '../../base/result.ts';
import type { NpyArray, NumberArray } from '../npy.ts';
import type { NpzArrays } from '../npz.ts';

/** Arrays by name, whatever file they are in: a NumPy archive, a JSON object, or single arrays. */
export type NamedArrays = NpzArrays;

const DEEPEST = 4;

/** The arrays of a JSON object: nested lists of numbers (`null` is NaN), or of texts; a number alone is 0-d. */
export function arraysOfJson(object: JsonObject): NamedArrays {
  return {
    names: [...object.keys()],
    read(name) {
      const value = object.get(name);
      return value === undefined ? undefined : arrayOfJson(value);
    },
  };
}

/** Several arrays under names of their own. */
export function arraysOf(arrays: ReadonlyMap<string, NpyArray>): NamedArrays {
  return {
    names: [...arrays.keys()],
    read(name) {
      const array = arrays.get(name);
      return array && succeed(array);
    },
  };
}

/** The array as numbers; texts count where every one of them is a number. Problems continue "the array …". */
export function asNumbers(array: NpyArray): Result<NumberArray> {
  if (array.kind === 'number') return succeed(array);
  const values = new Float64Array(array.values.length);
  for (const [index, text] of array.values.entries()) {
    const value = jsonNumber(text);
    if (value === undefined) return fail('not-numbers', `holds “${text.slice(0, 40)}”, which is not a number`);
    values[index] = value;
  }
  return succeed({ kind: 'number', shape: array.shape, values });
}

/** Nested lists of one length on each level. Problems continue "the array …". */
export function arrayOfJson(value: JsonValue): Result<NpyArray> {
  const shape: number[] = [];
  for (let level: JsonValue | undefined = value; isJsonArray(level); level = level[0]) {
    if (shape.length === DEEPEST) return fail('not-an-array', `nests deeper than ${DEEPEST} levels`);
    shape.push(level.length);
    if (level.length === 0) break;
  }
  const leaves: JsonValue[] = [];
  if (!flatten(value, shape, 0, leaves)) return fail('not-an-array', 'has rows of different lengths');
  if (leaves.every((leaf) => typeof leaf === 'string')) return succeed({ kind: 'text', shape, values: leaves });
  const values = new Float64Array(leaves.length);
  for (const [index, leaf] of leaves.entries()) {
    const number = leaf === null ? Number.NaN : typeof leaf === 'boolean' ? Number(leaf) : jsonNumber(leaf);
    if (number === undefined) return fail('not-an-array', 'holds something that is neither a number nor a list');
    values[index] = number;
  }
  return succeed({ kind: 'number', shape, values });
}

function flatten(value: JsonValue, shape: readonly number[], level: number, into: JsonValue[]): boolean {
  const length = shape[level];
  if (length === undefined) {
    into.push(value);
    return !isJsonArray(value);
  }
  if (!isJsonArray(value) || value.length !== length) return false;
  return value.every((item) => flatten(item, shape, level + 1, into));
}
