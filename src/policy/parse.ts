import type { ParsedNode } from 'yaml';
import type { Problem } from '../base/result.ts';
import { issuesOf } from '../base/shape/issues-of.ts';
import { countOf } from '../base/text.ts';
import { lintPolicy } from './lint.ts';
import { createPositions, type Positions } from './positions.ts';
import { type Policy, PolicySchema } from './schema.ts';
import { MOST_PROBLEMS, schemaProblems } from './schema-problems.ts';
import { type ReadText, readYamlAgain } from './yaml/read-again.ts';
import { readYaml, type YamlReading } from './yaml/read-yaml.ts';
import { sourceLines } from './yaml/source-lines.ts';
import type { TextProblem } from './yaml/text-problem.ts';
import { type Plain, type PlainObject, toPlain } from './yaml/to-plain.ts';

/**
 * What could be understood of a policy. `value` is there when its shape is right, even if a rule is broken: an editor
 * can work with that, but a caller that decides about a model asks `hasErrors(problems)` first. Its objects have no
 * prototype, so that any name can be looked up in them safely.
 */
export interface ParsedPolicy {
  readonly value: Policy | undefined;
  /** In the order of the text. */
  readonly problems: readonly Problem[];
  readonly positions: Positions;
}

/** Reads and judges a policy. `file` is its name in the problems. Never throws, whatever the text. */
export function parsePolicy(text: string, file: string): ParsedPolicy {
  const { value, problems, positions } = examinePolicy(text, file);
  return { value, problems: problems.map(({ problem }) => problem), positions };
}

/** What has been broken: YAML itself, the shape that the schema gives, or a rule that no schema can say. */
export type ProblemOrigin = 'yaml' | 'shape' | 'rule';

/** As `ParsedPolicy`, with what an editor needs beside: where each problem comes from, and whatever could be read. */
export interface ExaminedPolicy {
  readonly value: Policy | undefined;
  readonly problems: readonly { readonly problem: Problem; readonly origin: ProblemOrigin }[];
  readonly positions: Positions;
  /** The text's tree and its plain data, as far as anything could be made of them; not to be decided by. */
  readonly sketch: { readonly tree: ParsedNode | null | undefined; readonly plain: Plain };
  readonly reading: YamlReading;
}

type Found = ExaminedPolicy['problems'][number];

/** As `parsePolicy`, for editors. `before` is what was read of the text before it was changed: it only saves time. */
export function examinePolicy(text: string, file: string, before?: ReadText): ExaminedPolicy {
  const lines = sourceLines(text);
  const reading = before === undefined ? readYaml(text) : readYamlAgain(text, before);
  const positions = createPositions(text, reading.root, lines);
  const found: Found[] = [];
  const add = (problems: readonly TextProblem[]): void => {
    for (const { start, end, severity = 'error', ...rest } of problems) {
      found.push({ problem: { severity, file, range: lines.range(start, end), ...rest }, origin: 'yaml' });
    }
  };
  add(reading.problems);
  const plain = reading.sketch === undefined ? undefined : toPlain(reading.sketch);
  let value: Policy | undefined;
  if (reading.root !== undefined && plain !== undefined) {
    add(plain.problems);
    const judged = judge(plain.value, reading.root, positions);
    value = judged.value;
    const places = new Set(found.map(({ problem }) => problem.range?.offset));
    // A place that has been complained about needs no second sentence.
    found.push(
      ...judged.problems
        .filter(({ problem }) => !places.has(problem.range?.offset))
        .map(({ problem, origin }): Found => ({ problem: { ...problem, file }, origin })),
    );
  }
  const sketch = { tree: reading.sketch, plain: plain?.value ?? null };
  return { value, problems: sorted(found, file), positions, sketch, reading };
}

/** Whether a policy with these problems may decide about anything. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

function judge(
  plain: Plain,
  root: ParsedNode | null,
  positions: Positions,
): { readonly value: Policy | undefined; readonly problems: readonly Found[] } {
  if (root === null || plain === null) {
    const message = 'The policy is empty; it starts with "version: 1".';
    const problem: Problem = { code: 'empty', severity: 'error', message, range: positions.locate([]) };
    return { value: undefined, problems: [{ problem, origin: 'rule' }] };
  }
  const issues = issuesOf(PolicySchema, plain);
  if (issues.length === 0) {
    const policy = withDatasets(plain as PlainObject);
    return { value: policy, problems: lintPolicy(policy, positions).map(ofRule) };
  }
  const found = schemaProblems(issues, plain, positions).map(
    (each): Found => ({ problem: { severity: 'error', ...each }, origin: 'shape' }),
  );
  const rest = withoutBrokenChecks(plain, issues);
  if (rest !== undefined) {
    found.push(...lintPolicy(rest, positions).map(ofRule));
  }
  return { value: undefined, problems: found };
}

function ofRule(problem: Problem): Found {
  return { problem, origin: 'rule' };
}

function withDatasets(plain: PlainObject): Policy {
  if (!Object.hasOwn(plain, 'datasets')) {
    plain['datasets'] = Object.create(null);
  }
  return plain as unknown as Policy;
}

/** When nothing but single checks is misshapen, the rules can still look at the others. */
function withoutBrokenChecks(
  plain: Plain,
  issues: readonly { readonly path: readonly PropertyKey[] }[],
): Policy | undefined {
  if (!issues.every(({ path }) => path[0] === 'checks' && path.length >= 2)) {
    return undefined;
  }
  const broken = new Set(issues.map(({ path }) => String(path[1])));
  const policy = withDatasets(Object.assign(Object.create(null), plain));
  const checks = Object.entries(policy.checks).filter(([id]) => !broken.has(id));
  if (checks.length === 0) {
    return undefined;
  }
  policy.checks = Object.assign(Object.create(null), Object.fromEntries(checks));
  return policy;
}

const LONGEST_MESSAGE = 500;

function sorted(found: readonly Found[], file: string): readonly Found[] {
  const inOrder = found
    .map(({ problem, origin }): Found => ({ problem: shortened(problem), origin }))
    .sort((left, right) => (left.problem.range?.offset ?? 0) - (right.problem.range?.offset ?? 0));
  if (inOrder.length <= MOST_PROBLEMS) {
    return inOrder;
  }
  const errors = inOrder.filter(({ problem }) => problem.severity === 'error');
  const kept = (errors.length > 0 ? errors : inOrder).slice(0, MOST_PROBLEMS);
  const message = `${countOf(inOrder.length - kept.length, 'problem')} more; solve the first ones.`;
  const severity = errors.length > 0 ? 'error' : 'warning';
  const range = kept.at(-1)?.problem.range;
  const more: Problem = { code: 'more-problems', severity, message, file, ...(range && { range }) };
  return [...kept, { problem: more, origin: 'rule' }];
}

function shortened(problem: Problem): Problem {
  return problem.message.length <= LONGEST_MESSAGE
    ? problem
    : { ...problem, message: `${problem.message.slice(0, LONGEST_MESSAGE - 1)}…` };
}
