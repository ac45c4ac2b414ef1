import type * as z from 'zod';
import type { Problem } from '../base/result.ts';
import { didYouMean } from './did-you-mean.ts';
import { METRIC_SYNONYMS } from './metric-names.ts';
import type { PolicyPath, Positions } from './positions.ts';
import { NAME_PATTERN } from './schema/words.ts';
import { CHECK_KINDS, PolicySchema } from './schema.ts';
import { keysOfSchema, schemaAt } from './schema-walk.ts';
import { article, itemName, kindOfThing, listed, placeName } from './wording.ts';

type Issue = z.core.$ZodIssue;
type Finding = Pick<Problem, 'code' | 'message' | 'suggestion' | 'range'>;

/** Beyond this many, a list of problems helps nobody, and suggestions cost time. */
export const MOST_PROBLEMS = 200;

/** What the schema has against a policy, in sentences, each at its place. */
export function schemaProblems(issues: readonly Issue[], value: unknown, positions: Positions): Finding[] {
  const findings: Finding[] = [];
  for (const issue of issues) {
    for (const finding of describeIssue(issue, issue.path, value, positions)) {
      findings.push(finding);
      if (findings.length === MOST_PROBLEMS) {
        return findings;
      }
    }
  }
  return findings;
}

function* describeIssue(issue: Issue, path: PolicyPath, value: unknown, positions: Positions): Generator<Finding> {
  switch (issue.code) {
    case 'unrecognized_keys':
      for (const key of issue.keys) {
        yield unknownKey(key, path, value, positions);
      }
      return;
    case 'invalid_union':
      yield* describeUnion(issue, path, value, positions);
      return;
    case 'invalid_key':
      yield { ...badName(String(path.at(-1)), path), range: positions.locate(path) };
      return;
    default:
      yield describeValue(issue, path, value, positions);
  }
}

function unknownKey(key: string, path: PolicyPath, value: unknown, positions: Positions): Finding {
  const range = positions.locate([...path, key]);
  const present = new Set(positions.keysOf(path));
  const known = keysOfSchema(schemaAt(PolicySchema, path, value));
  const suggestion = didYouMean(
    key,
    known.filter((candidate) => !present.has(candidate)),
  );
  const thing = kindOfThing(path, value);
  const what = `"${shorten(key)}" is not a key of ${thing}`;
  if (suggestion !== undefined) {
    return { code: 'unknown-key', message: `${what}; did you mean "${suggestion}"?`, suggestion, range };
  }
  const advice = known.length > 0 && known.length <= 12 ? `its keys are ${listed(known)}` : 'remove it';
  return { code: 'unknown-key', message: `${what}; ${advice}.`, range };
}

function* describeUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: PolicyPath,
  value: unknown,
  positions: Positions,
): Generator<Finding> {
  if (path.length === 3 && path[0] === 'checks' && path[2] === 'check') {
    yield unknownKind(path, value, positions);
    return;
  }
  const found = valueAt(value, path);
  if (path.length === 1 && path[0] === 'run' && isMap(found)) {
    yield* runSourceProblem(issue, found, value, positions);
    return;
  }
  const branches = issue.errors.filter((branch) => !branch.some(isAboutWholeValue));
  const nearest = branches.sort((left, right) => left.length - right.length)[0];
  if (nearest === undefined) {
    yield wrongType(path, found, unionExpectation(issue), positions);
    return;
  }
  for (const inner of nearest) {
    yield* describeIssue(inner, [...path, ...inner.path], value, positions);
  }
}

function isAboutWholeValue(issue: Issue): boolean {
  return issue.code === 'invalid_type' && issue.path.length === 0;
}

function unionExpectation(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  const expected = issue.errors.flatMap((branch) =>
    branch.flatMap((inner) => (inner.code === 'invalid_type' ? [typeWord(inner.expected)] : [])),
  );
  return listed([...new Set(expected)], 'or');
}

const RUN_SOURCES = ['mlflow', 'dvc', 'folder'];

function* runSourceProblem(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  found: Record<string, unknown>,
  value: unknown,
  positions: Positions,
): Generator<Finding> {
  const named = RUN_SOURCES.map((source, index) => ({ source, index })).filter(({ source }) =>
    Object.hasOwn(found, source),
  );
  const only = named[0];
  if (only === undefined || named.length > 1) {
    const unknown = Object.keys(found).find((key) => didYouMean(key, RUN_SOURCES) !== undefined);
    const message =
      only === undefined
        ? 'run does not say where the runs come from; give it one of mlflow, dvc and folder.'
        : `run has ${listed(named.map(({ source }) => source))}; keep exactly one of them.`;
    const range = positions.locate(['run', ...(named[1] === undefined ? [] : [named[1].source])]);
    const suggestion = unknown === undefined ? undefined : didYouMean(unknown, RUN_SOURCES);
    if (only === undefined && unknown !== undefined && suggestion !== undefined) {
      const mistaken = `"${unknown}" is not a key of run; did you mean "${suggestion}"?`;
      yield { code: 'unknown-key', message: mistaken, suggestion, range: positions.locate(['run', unknown]) };
      return;
    }
    yield { code: 'run-source', message, range };
    return;
  }
  for (const inner of issue.errors[only.index] ?? []) {
    yield* describeIssue(inner, ['run', ...inner.path], value, positions);
  }
}

function unknownKind(path: PolicyPath, value: unknown, positions: Positions): Finding {
  const id = String(path[1]);
  const kind = valueAt(value, path);
  if (kind === undefined) {
    const message = `"${id}" does not say which kind of check it is; add "check" with one of ${listed(CHECK_KINDS, 'or')}.`;
    return { code: 'missing-key', message, range: positions.locate(['checks', id]) };
  }
  const range = positions.locateValue(path);
  if (typeof kind !== 'string') {
    return wrongType(path, kind, 'text', positions);
  }
  const suggestion = didYouMean(kind, CHECK_KINDS);
  const what = `"${shorten(kind)}" is not a kind of check`;
  return suggestion === undefined
    ? { code: 'unknown-kind', message: `${what}; the kinds are ${listed(CHECK_KINDS)}.`, range }
    : { code: 'unknown-kind', message: `${what}; did you mean "${suggestion}"?`, suggestion, range };
}

function describeValue(issue: Issue, path: PolicyPath, value: unknown, positions: Positions): Finding {
  const found = valueAt(value, path);
  const range = positions.locateValue(path);
  const name = placeName(path);
  if (found === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value')) {
    return missing(path, value, positions);
  }
  switch (issue.code) {
    case 'invalid_type':
      if (issue.expected === 'int') {
        return { code: 'wrong-type', message: `${name} must be a whole number.`, range };
      }
      return wrongType(path, found, typeWord(issue.expected), positions);
    case 'invalid_value':
      return wrongValue(issue.values, path, found, positions);
    case 'too_small':
    case 'too_big':
      return { ...wrongSize(issue, name, path), range };
    case 'invalid_format':
      return { ...wrongFormat(issue, name, String(found)), range };
    default:
      return { code: 'invalid', message: `${name} is not right here: ${issue.message}.`, range };
  }
}

function missing(path: PolicyPath, value: unknown, positions: Positions): Finding {
  const parent = path.slice(0, -1);
  const thing = kindOfThing(parent, value);
  const last = path.at(-1);
  const message =
    typeof last === 'number'
      ? `${placeName(parent)} needs an item more.`
      : `${article(thing)} needs "${String(last)}"; add it.`;
  return { code: 'missing-key', message, range: positions.locate(parent) };
}

function wrongType(path: PolicyPath, found: unknown, expected: string, positions: Positions): Finding {
  const range = positions.locateValue(path);
  const name = placeName(path);
  if (found === null) {
    const advice = expected === 'a map' ? 'write its keys below it, or {}' : `give it ${expected}`;
    return { code: 'wrong-type', message: `${name} has no value; ${advice}.`, range };
  }
  const message = `${name} must be ${expected}, not ${typeOf(found)}${typeAdvice(found, expected)}.`;
  return { code: 'wrong-type', message, range };
}

function typeAdvice(found: unknown, expected: string): string {
  if (expected === 'text' && (typeof found === 'number' || typeof found === 'boolean')) {
    return '; put it in quotes';
  }
  if (expected === 'a number' && typeof found === 'string' && found.trim() !== '' && Number.isFinite(Number(found))) {
    return '; remove the quotes';
  }
  if (expected === 'true or false' && typeof found === 'string' && /^(?:yes|no|on|off)$/iu.test(found)) {
    return `; write ${/^(?:yes|on)$/iu.test(found) ? 'true' : 'false'}`;
  }
  return '';
}

function wrongValue(values: readonly unknown[], path: PolicyPath, found: unknown, positions: Positions): Finding {
  const range = positions.locateValue(path);
  const options = values.map(String);
  if (path.length === 1 && path[0] === 'version') {
    return {
      code: 'wrong-version',
      message: `This program reads version ${listed(options, 'or')} of the policy language.`,
      range,
    };
  }
  if (typeof found !== 'string') {
    return wrongType(path, found, 'text', positions);
  }
  const synonym = path.at(-1) === 'metric' ? METRIC_SYNONYMS.get(found.toLowerCase()) : undefined;
  const suggestion = synonym !== undefined && options.includes(synonym) ? synonym : didYouMean(found, options);
  const what = `"${shorten(found)}" is not ${itemName(path)}`;
  if (suggestion !== undefined) {
    return { code: 'unknown-value', message: `${what}; did you mean "${suggestion}"?`, suggestion, range };
  }
  const advice =
    options.length <= 16
      ? `choose one of ${listed(options, 'or')}`
      : 'choose one of those that are offered, or bind a logged metric with "logged"';
  return { code: 'unknown-value', message: `${what}; ${advice}.`, range };
}

function wrongSize(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, name: string, path: PolicyPath) {
  const code = 'out-of-range';
  if (issue.origin === 'string') {
    const text =
      issue.code === 'too_small'
        ? 'is empty; write something or remove it'
        : `is longer than ${issue.maximum} characters; shorten it`;
    return { code, message: `${name} ${text}.` };
  }
  if (issue.origin === 'array') {
    const few = path.at(-1) === 'datasets' ? 'names two data sets' : 'needs at least one item';
    const many = path.at(-1) === 'datasets' ? 'names two data sets' : 'has too many items';
    return { code, message: `${name} ${issue.code === 'too_small' ? few : many}.` };
  }
  if (issue.code === 'too_small') {
    return { code, message: `${name} must be ${issue.inclusive === true ? 'at least' : 'above'} ${issue.minimum}.` };
  }
  return { code, message: `${name} must be ${issue.inclusive === true ? 'at most' : 'below'} ${issue.maximum}.` };
}

function wrongFormat(
  issue: z.core.$ZodIssueInvalidStringFormat,
  name: string,
  found: string,
): Pick<Problem, 'code' | 'message'> {
  const key = /"([a-z_]+)"$/u.exec(name)?.[1];
  if (issue.pattern === String(NAME_PATTERN)) {
    return badName(found, []);
  }
  const quoted = `"${shorten(found)}"`;
  switch (key) {
    case 'expires_after':
    case 'max_age':
      return {
        code: 'bad-duration',
        message: `${quoted} is not a duration; write a whole number and d, w or h, such as 90d.`,
      };
    case 'against':
      return {
        code: 'bad-reference',
        message: `${quoted} names no model; write an environment, or run: and a run’s id.`,
      };
    case 'pointer':
      return { code: 'bad-pointer', message: `${quoted} is not a JSON pointer; write one such as /latency/p95.` };
    default:
      return { code: 'bad-format', message: `${name} is not written as it must be.` };
  }
}

function badName(name: string, path: PolicyPath): Pick<Problem, 'code' | 'message'> {
  const first = path[0] === 'checks' ? 'a letter' : 'a letter or digit';
  return {
    code: 'bad-name',
    message: `"${shorten(name)}" is not a name; use up to 100 letters, digits, ".", "_" and "-", starting with ${first}.`,
  };
}

function typeWord(expected: string): string {
  const words: Record<string, string> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    tuple: 'a list',
    object: 'a map',
    record: 'a map',
  };
  return words[expected] ?? expected;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  const words: Record<string, string> = {
    string: 'text',
    number: 'a number',
    boolean: 'true or false',
    object: 'a map',
  };
  return words[typeof value] ?? 'this';
}

function valueAt(value: unknown, path: PolicyPath): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) {
      return undefined;
    }
    current = (current as Record<PropertyKey, unknown>)[step];
  }
  return current;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Messages quote what was written; a whole page of it helps nobody. */
function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
