import { isJsonArray, isJsonObject, type JsonValue } from '../base/lenient-json.ts';
import { fail, type Result, succeed } from '../base/result.ts';

/** More values than any file of metrics or params has; aliases in YAML can stand for any number. */
const MOST_VALUES = 100_000;
/** Every level may repeat the same long key, so the length of all names together is bounded, too. */
const MOST_NAME_CHARACTERS = 20_000_000;

/**
 * The values at the ends of nested keys, their names joined with “.”, in the order of the file. Lists are ends.
 * Problems continue "the file …": more than 100,000 values, or two that have the same name (`a.b` beside `b` in `a`).
 */
export function flattenValues(value: JsonValue): Result<Map<string, JsonValue>> {
  const found = new Map<string, JsonValue>();
  let characters = 0;
  let visited = 0;
  const walk = (inner: JsonValue, name: string): string | undefined => {
    visited += 1;
    if (visited > MOST_VALUES) return 'has too many values';
    if (!isJsonObject(inner)) {
      if (found.has(name)) return `has two values for “${name.slice(0, 100)}”`;
      found.set(name, inner);
      characters += name.length;
      return characters > MOST_NAME_CHARACTERS ? 'has too many values' : undefined;
    }
    for (const [key, child] of inner) {
      const mistake = walk(child, name === '' ? key : `${name}.${key}`);
      if (mistake !== undefined) return mistake;
    }
    return undefined;
  };
  const mistake = walk(value, '');
  return mistake === undefined ? succeed(found) : fail('file-malformed', mistake);
}

/** The numbers among nested values. Texts, truth values, lists and nothing are no metrics; NaN and infinity are. */
export function numbersIn(value: JsonValue): Result<Map<string, number>> {
  const flat = flattenValues(value);
  if (!flat.ok) return flat;
  const numbers = [...flat.value].flatMap(([name, leaf]) => (typeof leaf === 'number' ? [[name, leaf] as const] : []));
  return succeed(new Map(numbers));
}

/** Nested values as texts: a text as it is, everything else as JSON. */
export function textsIn(value: JsonValue): Result<Map<string, string>> {
  const flat = flattenValues(value);
  if (!flat.ok) return flat;
  return succeed(new Map([...flat.value].map(([name, leaf]) => [name, textOfValue(leaf)])));
}

const LONGEST_TEXT = 10_000;

export function textOfValue(value: JsonValue): string {
  const state = { left: MOST_VALUES };
  return typeof value === 'string' ? value : written(value, state).slice(0, LONGEST_TEXT);
}

function written(value: JsonValue, state: { left: number }): string {
  state.left -= 1;
  if (state.left < 0) return '…';
  if (typeof value === 'number') return String(value);
  if (isJsonArray(value)) return `[${value.map((item) => written(item, state)).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  return `{${[...value].map(([key, inner]) => `${JSON.stringify(key)}:${written(inner, state)}`).join(',')}}`;
}
