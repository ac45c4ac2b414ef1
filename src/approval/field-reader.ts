import { quote } from './quote.ts';
import type { JsonObject, JsonValue } from './strict-json.ts';

/** Says what is wrong with a field; caught by the reader that started, never leaves the room's public functions. */
export class FieldError extends Error {}

/**
 * Reads the fields of a JSON object strictly: all of them, nothing else, each of its type.
 * In-toto tells consumers to ignore unknown fields; we own both ends, and a condition that is ignored is a hole.
 */
export class FieldReader {
  readonly #object: JsonObject;
  readonly #path: string;

  constructor(value: JsonValue | undefined, path: string, fields: readonly string[]) {
    if (value === null || typeof value !== 'object' || Array.isArray(value))
      throw new FieldError(`${path} is not an object.`);
    this.#object = value as JsonObject;
    this.#path = path;
    const unknown = Object.keys(this.#object).find((key) => !fields.includes(key));
    if (unknown !== undefined) throw new FieldError(`${path} has the unknown field ${quote(unknown)}.`);
    const missing = fields.find((key) => !Object.hasOwn(this.#object, key));
    if (missing !== undefined) throw new FieldError(`${path} lacks the field "${missing}".`);
  }

  value(name: string): JsonValue {
    return this.#object[name] as JsonValue;
  }

  text(name: string, accept: (text: string) => boolean = () => true): string {
    const value = this.#object[name];
    if (typeof value !== 'string' || !accept(value)) throw new FieldError(`${this.#path}.${name} is not valid.`);
    return value;
  }

  integer(name: string, { min, max }: { readonly min: number; readonly max: number }): number {
    const value = this.#object[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || !(value >= min && value <= max))
      throw new FieldError(`${this.#path}.${name} is not a whole number from ${min} to ${max}.`);
    return value;
  }

  textOrNull(name: string, accept: (text: string) => boolean = () => true): string | null {
    return this.#object[name] === null ? null : this.text(name, accept);
  }

  object(name: string, fields: readonly string[]): FieldReader {
    return new FieldReader(this.#object[name], `${this.#path}.${name}`, fields);
  }

  list<Item>(name: string, read: (item: JsonValue, path: string) => Item): Item[] {
    const value = this.#object[name];
    if (!Array.isArray(value)) throw new FieldError(`${this.#path}.${name} is not a list.`);
    return value.map((item: JsonValue, index) => read(item, `${this.#path}.${name}[${index}]`));
  }
}

/** Reads a list's item that must be a text. */
export function readText(accept: (text: string) => boolean): (item: JsonValue, path: string) => string {
  return (item, path) => {
    if (typeof item !== 'string' || !accept(item)) throw new FieldError(`${path} is not valid.`);
    return item;
  };
}
