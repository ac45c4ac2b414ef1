import type { Problem } from '../base/result.ts';
import type { FormatIssue, ShapeIssue, SizeIssueOf } from '../base/shape/issue.ts';
import { didYouMean } from './did-you-mean.ts';
import { METRIC_SYNONYMS } from './metric-names.ts';
import { type PolicyPath, valueAt } from './policy-path.ts';
import type { Positions } from './positions.ts';
import { NAME_PATTERN, NOT_BLANK_PATTERN } from './schema/words.ts';
import { article, itemName, kindOfThing, listed, placeName, shorten } from './wording.ts';

export type Finding = Pick<Problem, 'code' | 'message' | 'suggestion' | 'range'>;

/** What the schema has against one value, in a sentence. */
export function describeValue(issue: ShapeIssue, path: PolicyPath, value: unknown, positions: Positions): Finding {
  const found = valueAt(value, path);
  const range = positions.locateValue(path);
  const name = placeName(path);
  if (found === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value')) {
    return missingKey(path, value, positions);
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
      return { code: 'invalid', message: `${name} is not right here.`, range };
  }
}

export function missingKey(path: PolicyPath, value: unknown, positions: Positions): Finding {
  const parent = path.slice(0, -1);
  const thing = kindOfThing(parent, value);
  const last = path.at(-1);
  const message =
    typeof last === 'number'
      ? `${placeName(parent)} needs an item more.`
      : `${article(thing)} needs "${String(last)}"; add it.`;
  return { code: 'missing-key', message, range: positions.locate(parent) };
}

export function wrongType(path: PolicyPath, found: unknown, expected: string, positions: Positions): Finding {
  const range = positions.locateValue(path);
  const name = placeName(path);
  if (isDurationKey(path) && (typeof found === 'number' || typeof found === 'string')) {
    return { ...badDuration(String(found)), range };
  }
  if (found === null) {
    const advice = expected === 'a map' ? 'write its keys below it, or {}' : `give it ${expected}`;
    return { code: 'wrong-type', message: `${name} has no value; ${advice}.`, range };
  }
  const message = `${name} must be ${expected}, not ${typeOf(found)}${typeAdvice(found, expected)}.`;
  return { code: 'wrong-type', message, range };
}

function isDurationKey(path: PolicyPath): boolean {
  return path.at(-1) === 'expires_after' || path.at(-1) === 'max_age';
}

function badDuration(found: string): Pick<Problem, 'code' | 'message'> {
  const message = `"${shorten(found)}" is not a duration; write a whole number and d, w or h, such as 90d.`;
  return { code: 'bad-duration', message };
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

function wrongSize(issue: SizeIssueOf, name: string, path: PolicyPath) {
  const code = 'out-of-range';
  if (issue.origin === 'string') {
    const text =
      issue.code === 'too_small'
        ? 'is empty; write something or remove it'
        : `is longer than ${issue.maximum} characters; shorten it`;
    return { code, message: `${name} ${text}.` };
  }
  if (issue.origin === 'array') {
    const few = path.at(-1) === 'datasets' ? 'must name exactly two data sets' : 'needs at least one item';
    const many = path.at(-1) === 'datasets' ? 'must name exactly two data sets' : 'has too many items';
    return { code, message: `${name} ${issue.code === 'too_small' ? few : many}.` };
  }
  if (issue.code === 'too_small') {
    return { code, message: `${name} must be ${issue.inclusive === true ? 'at least' : 'above'} ${issue.minimum}.` };
  }
  return { code, message: `${name} must be ${issue.inclusive === true ? 'at most' : 'below'} ${issue.maximum}.` };
}

function wrongFormat(issue: FormatIssue, name: string, found: string): Pick<Problem, 'code' | 'message'> {
  const key = /"([a-z_]+)"$/u.exec(name)?.[1];
  if (issue.pattern === String(NAME_PATTERN)) {
    return badName(found, []);
  }
  if (issue.pattern === String(NOT_BLANK_PATTERN)) {
    return { code: 'out-of-range', message: `${name} is blank; write something or remove it.` };
  }
  const quoted = `"${shorten(found)}"`;
  switch (key) {
    case 'expires_after':
    case 'max_age':
      return badDuration(found);
    case 'against':
      return {
        code: 'bad-reference',
        message: `${quoted} names no model; write an environment, or run: and a run’s id.`,
      };
    case 'artifact':
      return {
        code: 'bad-reference',
        message: `${quoted} names no model; write models:/<name>/<version>, models:/<name>@<alias>, or models:/m-… of a logged model.`,
      };
    case 'pointer':
      return { code: 'bad-pointer', message: `${quoted} is not a JSON pointer; write one such as /latency/p95.` };
    default:
      return { code: 'bad-format', message: `${name} is not written as it must be.` };
  }
}

export function badName(name: string, path: PolicyPath): Pick<Problem, 'code' | 'message'> {
  const first = path[0] === 'checks' ? 'a letter' : 'a letter or digit';
  return {
    code: 'bad-name',
    message: `"${shorten(name)}" is not a name; use up to 100 letters, digits, ".", "_" and "-", starting with ${first}.`,
  };
}

export function typeWord(expected: string): string {
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
