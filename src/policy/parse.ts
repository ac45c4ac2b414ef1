import type { ParsedNode } from 'yaml';
import type { Problem } from '../base/result.ts';
import { lintPolicy } from './lint.ts';
import { createPositions, type Positions } from './positions.ts';
import { type Policy, PolicySchema } from './schema.ts';
import { MOST_PROBLEMS, schemaProblems } from './schema-problems.ts';
import { readYaml } from './yaml/read-yaml.ts';
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
  const lines = sourceLines(text);
  const reading = readYaml(text);
  const positions = createPositions(text, reading.root, lines);
  const problems: Problem[] = [];
  const add = (found: readonly TextProblem[]): void => {
    for (const { start, end, severity = 'error', ...rest } of found) {
      problems.push({ severity, file, range: lines.range(start, end), ...rest });
    }
  };
  add(reading.problems);
  let value: Policy | undefined;
  if (reading.root !== undefined) {
    const plain = toPlain(reading.root);
    add(plain.problems);
    const judged = judge(plain.value, reading.root, positions);
    value = judged.value;
    const places = new Set(problems.map((problem) => problem.range?.offset));
    // A place that has been complained about needs no second sentence.
    problems.push(
      ...judged.problems.filter(({ range }) => !places.has(range?.offset)).map((each) => ({ ...each, file })),
    );
  }
  return { value, problems: sorted(problems, file), positions };
}

/** Whether a policy with these problems may decide about anything. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

function judge(
  plain: Plain,
  root: ParsedNode | null,
  positions: Positions,
): { readonly value: Policy | undefined; readonly problems: readonly Problem[] } {
  if (root === null || plain === null) {
    const message = 'The policy is empty; it starts with "version: 1".';
    return { value: undefined, problems: [{ code: 'empty', severity: 'error', message, range: positions.locate([]) }] };
  }
  const checked = PolicySchema.safeParse(plain);
  if (checked.success) {
    const policy = withDatasets(plain as PlainObject);
    return { value: policy, problems: lintPolicy(policy, positions) };
  }
  const { issues } = checked.error;
  const problems: Problem[] = schemaProblems(issues, plain, positions).map((each) => ({ severity: 'error', ...each }));
  const rest = withoutBrokenChecks(plain, issues);
  if (rest !== undefined) {
    problems.push(...lintPolicy(rest, positions));
  }
  return { value: undefined, problems };
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

function sorted(problems: Problem[], file: string): readonly Problem[] {
  const short = problems.map((problem) =>
    problem.message.length <= LONGEST_MESSAGE
      ? problem
      : { ...problem, message: `${problem.message.slice(0, LONGEST_MESSAGE - 1)}…` },
  );
  const inOrder = short.sort((left, right) => (left.range?.offset ?? 0) - (right.range?.offset ?? 0));
  if (inOrder.length <= MOST_PROBLEMS) {
    return inOrder;
  }
  const errors = inOrder.filter(({ severity }) => severity === 'error');
  const kept = (errors.length > 0 ? errors : inOrder).slice(0, MOST_PROBLEMS);
  const message = `There are ${inOrder.length - kept.length} more problems; solve the first ones.`;
  const severity = errors.length > 0 ? 'error' : 'warning';
  const range = kept.at(-1)?.range;
  return [...kept, { code: 'more-problems', severity, message, file, ...(range && { range }) }];
}
