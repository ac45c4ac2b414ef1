import { fail, type Result, succeed } from '../base/result.ts';

/** What a JSON text holds. Objects are maps, so that no key can be mistaken for a property of JavaScript's. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export type JsonObject = ReadonlyMap<string, JsonValue>;

/** No report of a tool nests deeper; more is an attempt to exhaust the stack. */
export const DEEPEST_JSON = 200;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
];

class JsonMistake extends Error {}

/**
 * Reads JSON as Python writes it: RFC 8259, and bare `NaN`, `Infinity` and `-Infinity`, and a byte-order mark.
 * Refused, with the offset: everything else that is not JSON, nesting deeper than `DEEPEST_JSON`, and a key that stands
 * twice in one object, which readers would understand differently.
 */
export function parseLenientJson(text: string): Result<JsonValue> {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  try {
    return succeed(new JsonReader(text, start).read());
  } catch (error) {
    if (error instanceof JsonMistake) return fail('json-malformed', error.message);
    throw error;
  }
}

/** A number, also where it is written as a text, as `"0.9"` is by Google's model cards; undefined for anything else. */
export function jsonNumber(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^[+-]?(?:nan)$/i.test(text)) return Number.NaN;
  if (/^\+?inf(?:inity)?$/i.test(text)) return Number.POSITIVE_INFINITY;
  if (/^-inf(?:inity)?$/i.test(text)) return Number.NEGATIVE_INFINITY;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map;
}

export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** The text at a key; undefined where there is none. */
export function jsonText(object: JsonObject | undefined, key: string): string | undefined {
  const value = object?.get(key);
  return typeof value === 'string' ? value : undefined;
}

class JsonReader {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  read(): JsonValue {
    this.#space();
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) this.#wrong('goes on after its end');
    return value;
  }

  #value(depth: number): JsonValue {
    if (depth > DEEPEST_JSON) this.#wrong(`nests deeper than ${DEEPEST_JSON} levels`);
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#string();
      default:
        return this.#wordOrNumber();
    }
  }

  #object(depth: number): JsonObject {
    const entries = new Map<string, JsonValue>();
    this.#at += 1;
    this.#space();
    if (this.#takes('}')) return entries;
    for (;;) {
      if (this.#text[this.#at] !== '"') this.#wrong('lacks a key');
      const key = this.#string();
      if (entries.has(key)) this.#wrong(`has the key “${key.slice(0, 60)}” twice in one object`);
      this.#space();
      if (!this.#takes(':')) this.#wrong('lacks a colon after a key');
      this.#space();
      entries.set(key, this.#value(depth + 1));
      this.#space();
      if (this.#takes('}')) return entries;
      if (!this.#takes(',')) this.#wrong('lacks a comma or the end of an object');
      this.#space();
    }
  }

  #array(depth: number): readonly JsonValue[] {
    const items: JsonValue[] = [];
    this.#at += 1;
    this.#space();
    if (this.#takes(']')) return items;
    for (;;) {
      items.push(this.#value(depth + 1));
      this.#space();
      if (this.#takes(']')) return items;
      if (!this.#takes(',')) this.#wrong('lacks a comma or the end of an array');
      this.#space();
    }
  }

  #string(): string {
    const start = this.#at;
    let plain = true;
    for (let at = start + 1; at < this.#text.length; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === 0x22) {
        this.#at = at + 1;
        return plain ? this.#text.slice(start + 1, at) : this.#unescaped(start, at + 1);
      }
      if (code < 0x20) this.#wrong('has a control character in a text');
      if (code === 0x5c) {
        plain = false;
        at += 1;
      }
    }
    return this.#wrong('ends within a text');
  }

  #unescaped(start: number, end: number): string {
    try {
      return JSON.parse(this.#text.slice(start, end)) as string;
    } catch {
      return this.#wrong('has a wrong escape in a text');
    }
  }

  #wordOrNumber(): JsonValue {
    for (const [word, value] of WORDS) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    NUMBER.lastIndex = this.#at;
    const found = NUMBER.exec(this.#text)?.[0];
    if (found === undefined) return this.#wrong('has something that is no JSON value');
    this.#at += found.length;
    return Number(found);
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }

  #takes(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #wrong(what: string): never {
    throw new JsonMistake(`is not JSON: it ${what} (at character ${this.#at + 1})`);
  }
}
