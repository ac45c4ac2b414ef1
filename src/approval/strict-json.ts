import { fail, type Result, succeed } from '../base/result.ts';
import { quote } from './quote.ts';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
/** Has no prototype, so that no key of a hostile text means anything. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

export interface StrictJsonLimits {
  readonly maxBytes: number;
}

const MAX_DEPTH = 64;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
/** A run of characters that stand for themselves. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these characters in a string.
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Carries the words out of the recursion; never leaves this file. */
class Refusal extends Error {}

/**
 * Reads signed bytes so that no two honest readers can disagree about them. Beyond what JSON itself forbids we refuse
 * invalid UTF-8, a byte-order mark, lone surrogates, duplicate keys, `__proto__`, nesting over 64, numbers that a
 * double can't hold (1e400, integers beyond 2^53), anything after the value, and texts over `maxBytes`.
 * Problem: `json-refused`.
 */
export function parseStrictJson(bytes: Uint8Array, limits: StrictJsonLimits): Result<JsonValue> {
  if (bytes.length > limits.maxBytes) {
    return fail('json-refused', `The file is larger than ${limits.maxBytes} bytes.`);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fail('json-refused', 'The text is not valid UTF-8.');
  }
  try {
    return succeed(new Reader(text).document());
  } catch (error) {
    if (error instanceof Refusal) return fail('json-refused', error.message);
    throw error;
  }
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsonValue {
    const value = this.#value(MAX_DEPTH);
    this.#space();
    if (this.#at < this.#text.length) throw this.#refusal('there is more text after the value');
    return value;
  }

  #value(depth: number): JsonValue {
    this.#space();
    if (depth === 0) throw this.#refusal(`it is nested more than ${MAX_DEPTH} levels deep`);
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  #object(depth: number): JsonObject {
    const object: Record<string, JsonValue> = Object.create(null);
    this.#at++;
    if (this.#ends('}')) return object;
    do {
      this.#space();
      if (this.#text[this.#at] !== '"') throw this.#refusal('a key is missing');
      const key = this.#string();
      if (key === '__proto__') throw this.#refusal('the key "__proto__" is not allowed');
      if (Object.hasOwn(object, key)) throw this.#refusal(`the key ${quote(key)} stands twice`);
      this.#space();
      if (this.#text[this.#at++] !== ':') throw this.#refusal('a colon is missing');
      object[key] = this.#value(depth - 1);
    } while (this.#continues('}'));
    return object;
  }

  #array(depth: number): JsonValue[] {
    const array: JsonValue[] = [];
    this.#at++;
    if (this.#ends(']')) return array;
    do {
      array.push(this.#value(depth - 1));
    } while (this.#continues(']'));
    return array;
  }

  /** Steps over the closing bracket when it comes next. */
  #ends(bracket: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== bracket) return false;
    this.#at++;
    return true;
  }

  /** True after a comma, false after the closing bracket. */
  #continues(bracket: string): boolean {
    this.#space();
    const next = this.#text[this.#at++];
    if (next === ',') return true;
    if (next === bracket) return false;
    throw this.#refusal('a comma or a closing bracket is missing');
  }

  #string(): string {
    let result = '';
    this.#at++;
    for (;;) {
      result += this.#match(PLAIN)[0];
      const next = this.#text[this.#at++];
      if (next === '"') break;
      if (next !== '\\') throw this.#refusal('a string does not end, or holds a control character');
      result += this.#escape();
    }
    if (!result.isWellFormed()) throw this.#refusal('a string holds half a character (a lone surrogate)');
    return result;
  }

  #escape(): string {
    const letter = this.#text[this.#at++] ?? '';
    if (letter !== 'u') {
      const character = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
      if (character === undefined) throw this.#refusal('a backslash stands before something else than an escape');
      return character;
    }
    const digits = this.#text.slice(this.#at, this.#at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#refusal('a \\u escape needs four hexadecimal digits');
    this.#at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #number(): number {
    const [literal, fraction, exponent] = this.#match(NUMBER);
    if (literal === '') throw this.#refusal('a value is missing');
    const value = Number(literal);
    if (!Number.isFinite(value)) throw this.#refusal(`the number ${quote(literal)} is too large`);
    // A fraction is rounded to the nearest double by every reader alike; a long integer is not.
    if (fraction === undefined && exponent === undefined && !isExact(literal, value)) {
      throw this.#refusal(`the integer ${quote(literal)} is too long to be read exactly`);
    }
    return value;
  }

  #word<Word extends boolean | null>(word: string, value: Word): Word {
    if (!this.#text.startsWith(word, this.#at)) throw this.#refusal('a value is missing');
    this.#at += word.length;
    return value;
  }

  #match(pattern: RegExp): RegExpExecArray | [string, undefined, undefined] {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return ['', undefined, undefined];
    this.#at = pattern.lastIndex;
    return match;
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  #refusal(reason: string): Refusal {
    return new Refusal(`This is not strict JSON: ${reason} (at character ${this.#at}).`);
  }
}

/** Safe integers, and larger ones as `JSON.stringify` writes a double (1e20 becomes 100000000000000000000). */
function isExact(literal: string, value: number): boolean {
  return Number.isSafeInteger(value) || JSON.stringify(value) === literal;
}
