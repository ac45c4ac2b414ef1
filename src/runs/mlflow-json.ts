import { fail, type Result, succeed } from '../base/result.ts';
import { escapeForTerminal } from '../base/text.ts';

/** What a server sent, and where in it we are: `run.data.metrics[3]`. Nothing in it is trusted. */
export interface Sent {
  readonly json: unknown;
  readonly at: string;
}

/** Thrown while an answer is read, and turned into a problem by `understood`. */
class Misunderstood extends Error {}

/** Runs a reader of what a server sent; what can’t be understood is a problem, never a guess. */
export function understood<Value>(read: () => Value, what: string): Result<Value> {
  try {
    return succeed(read());
  } catch (error) {
    if (!(error instanceof Misunderstood)) throw error;
    return fail('run-source-unreadable', `${what} can’t be understood: ${error.message}.`);
  }
}

export function field(sent: Sent, name: string): Sent {
  const { json, at } = sent;
  if (json == null) return { json: undefined, at: `${at}.${name}` };
  if (typeof json !== 'object' || Array.isArray(json)) throw new Misunderstood(`“${at}” is no object`);
  return { json: Object.hasOwn(json, name) ? (json as Record<string, unknown>)[name] : undefined, at: `${at}.${name}` };
}

/** Elements of a list; a list that is left out is empty, as Protocol Buffers write it. */
export function list(sent: Sent): Sent[] {
  if (sent.json == null) return [];
  if (!Array.isArray(sent.json)) throw new Misunderstood(`“${sent.at}” is no list`);
  return sent.json.map((json: unknown, index) => ({ json, at: `${sent.at}[${index}]` }));
}

/** A text; whole numbers, which some servers send for ids, are written out. Undefined where it is left out. */
export function optionalText({ json, at }: Sent): string | undefined {
  if (json == null) return undefined;
  if (typeof json === 'string') return json;
  if (typeof json === 'number' && Number.isSafeInteger(json)) return String(json);
  throw new Misunderstood(`“${at}” is no text`);
}

export function text(sent: Sent): string {
  const found = optionalText(sent);
  if (found === undefined) throw new Misunderstood(`“${sent.at}” is missing`);
  return found;
}

/** A whole number, which Protocol Buffers’ JSON writes as a number or as a text. Undefined where it is left out. */
export function optionalInteger({ json, at }: Sent): number | undefined {
  if (json == null) return undefined;
  const value = typeof json === 'string' && /^-?\d{1,19}$/.test(json) ? Number(json) : json;
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new Misunderstood(`“${at}” is no whole number`);
  return value;
}

const NOT_FINITE: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

/** A number; non-finite ones come as texts. */
export function double({ json, at }: Sent): number {
  if (typeof json === 'number') return json;
  if (typeof json === 'string' && Object.hasOwn(NOT_FINITE, json)) return NOT_FINITE[json] as number;
  throw new Misunderstood(`“${at}” is no number`);
}

/** `[{key, value}, …]` as a map, in the order of the keys. */
export function pairs(sent: Sent): Map<string, string> {
  const found = list(sent).map((pair): [string, string] => [
    text(field(pair, 'key')),
    optionalText(field(pair, 'value')) ?? '',
  ]);
  return new Map(found.sort(([a], [b]) => compareText(a, b)));
}

export function oneOf<Value>(sent: Sent, values: Readonly<Record<string, Value>>): Value {
  const found = text(sent);
  if (!Object.hasOwn(values, found))
    throw new Misunderstood(`“${sent.at}” is “${shortened(found)}”, which is not known`);
  return values[found] as Value;
}

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Untrusted text for a sentence: one line, of bounded length. */
export function shortened(untrusted: string): string {
  const shown = escapeForTerminal(untrusted);
  return shown.length > 100 ? `${shown.slice(0, 100)}…` : shown;
}
