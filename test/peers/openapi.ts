// The descriptions that systems publish of their own interfaces, cut down to the calls that are made here.
import { readFileSync } from 'node:fs';

type Json = null | boolean | number | string | readonly Json[] | Branch;
interface Branch {
  readonly [key: string]: Json;
}

/** A published description: OpenAPI 2 or 3, as JSON. */
export type Description = Branch & { readonly paths: Branch };

export function readDescription(file: string): Description {
  return readJson(file) as Description;
}

export function readJson(file: string): Json {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The same with another value at a place, e.g. `#/definitions/Run`. */
export function replaced(description: Description, place: string, value: Json): Description {
  return put(description, wordsOf(place), value) as Description;
}

/**
 * Only the paths that `wanted` finds, with what they refer to; stricter of requests than what is published, and milder of
 * answers: a body may hold no field that is not described, and an answer may lack some. Answers that are `skipped` may be
 * anything.
 */
export function sliced(description: Description, wanted: RegExp, answers: 'read' | 'skipped'): Description {
  const answered = new Map<string, Json>();
  const asked = new Map<string, Json>();
  const kept = Object.entries(description.paths)
    .filter(([path]) => wanted.test(path))
    .map(([path, calls]) => [path, answers === 'read' ? calls : withoutAnswers(calls as Branch)] as const);
  for (const [, calls] of kept) {
    for (const { responses = null, ...request } of Object.values(calls as Branch) as Branch[]) {
      refer(responses, description, answered);
      refer(request, description, asked);
    }
  }
  const paths = Object.fromEntries(kept.map(([path, calls]) => [path, ofCalls(calls as Branch)]));
  let slice: Branch = { ...headOf(description), paths };
  for (const [place, value] of answered) slice = put(slice, wordsOf(place), milder(value));
  for (const [place, value] of asked) slice = put(slice, wordsOf(place), closed(value));
  return slice as Description;
}

/** The names of a path's query that its description lacks. */
export function undescribedQuery(description: Description, method: string, url: string): readonly string[] {
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  const found = Object.entries(description.paths).find(([path]) => templateOf(path).test(pathname));
  const calls = found?.[1] as Branch | undefined;
  const parameters = [calls, calls?.[method.toLowerCase()]].flatMap(
    (each) => ((each as Branch)?.['parameters'] ?? []) as Json[],
  );
  const names = parameters.map((each) => {
    const place = (each as Branch)['$ref'];
    const described = typeof place === 'string' ? pick(description, place) : each;
    return (described as Branch)['name'];
  });
  return [...searchParams.keys()].filter((name) => !names.includes(name));
}

function templateOf(path: string): RegExp {
  const literal = path.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);
}

function ofCalls(calls: Branch): Branch {
  return Object.fromEntries(
    Object.entries(calls).map(([method, call]) => {
      const { responses, ...request } = call as Branch;
      return [method, { ...(closed(request) as Branch), responses: milder(responses ?? {}) }];
    }),
  );
}

function withoutAnswers(calls: Branch): Branch {
  const responses = { default: { description: '' } };
  return Object.fromEntries(
    Object.entries(calls).map(([method, call]) => [method, { ...(call as Branch), responses }]),
  );
}

function headOf(description: Description): Branch {
  const kept = ['openapi', 'swagger', 'info', 'consumes', 'produces', 'security', 'securityDefinitions'];
  return Object.fromEntries(Object.entries(description).filter(([key]) => kept.includes(key)));
}

/** Collects what a part refers to, and that in turn. */
function refer(part: Json, description: Description, into: Map<string, Json>): void {
  if (typeof part !== 'object' || part === null) return;
  const place = (part as Branch)['$ref'];
  if (typeof place === 'string' && !into.has(place)) {
    const value = pick(description, place);
    into.set(place, value);
    refer(value, description, into);
  }
  for (const each of Object.values(part)) refer(each, description, into);
}

function wordsOf(place: string): readonly string[] {
  const words = place.slice('#/'.length).split('/');
  return words.map((word) => word.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function pick(description: Description, place: string): Json {
  return wordsOf(place).reduce((part: Json, word) => (part as Branch)[word] ?? null, description);
}

function put(branch: Branch, [word = '', ...words]: readonly string[], value: Json): Branch {
  return { ...branch, [word]: words.length === 0 ? value : put((branch[word] ?? {}) as Branch, words, value) };
}

/** Refuses the fields that a schema does not name, where it is silent about them. */
export function closed(part: Json): Json {
  return changed(part, (each) =>
    'properties' in each && !('additionalProperties' in each) ? { ...each, additionalProperties: false } : each,
  );
}

function milder(part: Json): Json {
  return changed(part, ({ required, ...others }) =>
    required === undefined || Array.isArray(required) ? others : { ...others, required },
  );
}

function changed(part: Json, change: (branch: Branch) => Branch): Json {
  if (Array.isArray(part)) return part.map((each) => changed(each, change));
  if (typeof part !== 'object' || part === null) return part;
  return change(Object.fromEntries(Object.entries(part).map(([key, each]) => [key, changed(each, change)])));
}
