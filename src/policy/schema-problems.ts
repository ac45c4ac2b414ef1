import type { SourceRange } from '../base/result.ts';
import type { ShapeIssue as Issue, UnionIssue } from '../base/shape/issue.ts';
import { didYouMean } from './did-you-mean.ts';
import { type PolicyPath, valueAt } from './policy-path.ts';
import type { Positions } from './positions.ts';
import { CHECK_KINDS, PolicySchema } from './schema.ts';
import { keysOfSchema, schemaAt } from './schema-walk.ts';
import { badName, describeValue, type Finding, missingKey, typeWord, wrongType } from './value-problems.ts';
import { kindOfThing, listed, shorten } from './wording.ts';

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
      yield* unknownKeys(issue.keys, path, value, positions);
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

function* unknownKeys(
  keys: readonly string[],
  path: PolicyPath,
  value: unknown,
  positions: Positions,
): Generator<Finding> {
  const known = keysOfSchema(schemaAt(PolicySchema, path, value));
  const present = new Set(positions.keysOf(path));
  const free = known.filter((key) => !present.has(key));
  const thing = kindOfThing(path, value);
  for (const key of keys) {
    yield unknownKey(key, thing, known, free, positions.locate([...path, key]));
  }
}

function unknownKey(
  key: string,
  thing: string,
  known: readonly string[],
  free: readonly string[],
  range: SourceRange,
): Finding {
  const suggestion = didYouMean(key, free);
  const what = `"${shorten(key)}" is not a key of ${thing}`;
  if (suggestion !== undefined) {
    return { code: 'unknown-key', message: `${what}; did you mean "${suggestion}"?`, suggestion, range };
  }
  const advice = known.length > 0 && known.length <= 12 ? `its keys are ${listed(known)}` : 'remove it';
  return { code: 'unknown-key', message: `${what}; ${advice}.`, range };
}

function* describeUnion(issue: UnionIssue, path: PolicyPath, value: unknown, positions: Positions): Generator<Finding> {
  if (path.length === 3 && path[0] === 'checks' && path[2] === 'check') {
    yield unknownKind(path, value, positions);
    return;
  }
  const found = valueAt(value, path);
  if (found === undefined) {
    yield missingKey(path, value, positions);
    return;
  }
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

function unionExpectation(issue: UnionIssue): string {
  const expected = issue.errors.flatMap((branch) =>
    branch.flatMap((inner) => (inner.code === 'invalid_type' ? [typeWord(inner.expected)] : [])),
  );
  return listed([...new Set(expected)], 'or');
}

const RUN_SOURCES = ['mlflow', 'dvc', 'folder'];

function* runSourceProblem(
  issue: UnionIssue,
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
    const misspelt = positions.keysOf(['checks', id]).find((key) => didYouMean(key, ['check']) !== undefined);
    if (misspelt !== undefined) {
      return unknownKey(misspelt, 'a check', ['check'], ['check'], positions.locate(['checks', id, misspelt]));
    }
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

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
