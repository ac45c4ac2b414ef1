import { capitalised } from '../base/text.ts';
import type { PolicyPath } from './policy-path.ts';

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (words.length <= 1) {
    return words[0] ?? '';
  }
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}

/** What stands at a path, in the words of a sentence: `a metric check`, `a data set`, `run`. */
export function kindOfThing(path: PolicyPath, value: unknown): string {
  const [room, name, part, , inner] = path.map(String);
  switch (room) {
    case undefined:
      return 'the policy';
    case 'datasets':
      return name === undefined ? 'datasets' : part === undefined ? 'a data set' : part === 'groups' ? 'a group' : part;
    case 'checks':
      return name === undefined ? 'checks' : part === undefined ? checkWords(name, value) : part;
    case 'signoff':
      if (name === 'environments' && part !== undefined) {
        return inner === undefined && path.length === 3 ? 'an environment' : String(path.at(-1));
      }
      return name === undefined ? 'signoff' : name;
    case 'pipeline':
      return name === undefined
        ? 'pipeline'
        : part === undefined
          ? 'an environment’s pipeline'
          : typeof path.at(-1) === 'number' || path.length === 3
            ? part
            : String(path.at(-1));
    default:
      return room;
  }
}

function checkWords(id: string, value: unknown): string {
  const kind = (value as { checks?: Record<string, { check?: unknown } | null> } | null)?.checks?.[id]?.check;
  return typeof kind === 'string' ? `${/^[aeo]/u.test(kind) ? 'an' : 'a'} ${kind} check` : 'a check';
}

/** The same, at the start of a sentence. */
export function article(thing: string): string {
  return thing.startsWith('a ') || thing.startsWith('an ') || thing.startsWith('the ') ? capitalised(thing) : thing;
}

/** What a value is called at the start of a sentence: `"min"`, `Item 2 of "columns"`. */
export function placeName(path: PolicyPath): string {
  const last = path.at(-1);
  if (last === undefined) {
    return 'A policy';
  }
  return typeof last === 'number' ? `Item ${last + 1} of "${String(path.at(-2))}"` : `"${String(last)}"`;
}

/** What one value of a fixed list is called: `a metric`, `a value of "statistic"`. */
export function itemName(path: PolicyPath): string {
  const key = String(typeof path.at(-1) === 'number' ? path.at(-2) : path.at(-1));
  const names: Record<string, string> = {
    task: 'a task',
    metric: path[0] === 'checks' ? 'a metric that this check knows' : 'a metric',
    method: 'a method',
    format: 'a report format',
    severity: 'a severity',
    statistic: 'a statistic',
    separate_from: 'someone that "separate_from" knows',
    require: 'a requirement',
    every: 'a period',
  };
  return Object.hasOwn(names, key) ? (names[key] ?? key) : `a value of "${key}"`;
}

/** A bound as a person writes it: the shortest text that reads back as the same number. */
export function formatBound(bound: number): string {
  return Object.is(bound, -0) ? '0' : String(bound);
}

/** Messages quote what was written; a whole page of it helps nobody. */
export function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
