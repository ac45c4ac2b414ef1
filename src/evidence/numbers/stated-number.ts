import { fail, type Result, succeed } from '../../base/result.ts';
import { listInWords } from '../../base/text.ts';
import { testName } from '../reports/tool-report.ts';

/** A number that another tool worked out and wrote into a file. */
export interface StatedNumber {
  /** The names that lead to it, as the tool writes them: `["macro avg", "f1-score"]`. */
  readonly path: readonly string[];
  /** NaN where the tool says that there is none; undefined where something else stands. */
  readonly value: number | undefined;
  /** Why it must not be relied on, in words that continue “the number …”. */
  readonly doubt?: string;
}

/** What a file of numbers says. */
export interface StatedNumbers {
  readonly tool: string;
  readonly numbers: readonly StatedNumber[];
  /** What the numbers are of when a selection names several at once, such as "group"; undefined where it may not. */
  readonly manyOf?: string;
}

const MOST_SHOWN = 8;

/**
 * The numbers that the names lead to: the one at exactly this path, or, where the format has several of a kind, those
 * below it. Names are compared as they are written. Problems continue “the report …”: nothing there, or two there.
 */
export function selectNumbers(
  { numbers, manyOf }: StatedNumbers,
  names: readonly string[],
): Result<readonly StatedNumber[]> {
  const below = numbers.filter(({ path }) => names.every((name, at) => path[at] === name));
  const exact = below.filter(({ path }) => path.length === names.length);
  const found = exact.length > 0 || manyOf === undefined ? exact : below;
  if (found.length === 0) {
    return fail('number-missing', `has no number at ${pathInWords(names)}; it has ${shownPaths(numbers)}`);
  }
  const repeated = found.find(({ path }, at) => found.findIndex((other) => samePath(other.path, path)) !== at);
  if (repeated !== undefined) {
    return fail(
      'number-repeated',
      `has two numbers at ${pathInWords(repeated.path)}, and which one is meant can’t be told`,
    );
  }
  return succeed(found);
}

/** `“macro avg” → “f1-score”`. */
export function pathInWords(path: readonly string[]): string {
  return path.map((name) => `“${testName(name, ' ')}”`).join(' → ');
}

function samePath(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function shownPaths(numbers: readonly StatedNumber[]): string {
  if (numbers.length === 0) return 'none';
  const shown = numbers.slice(0, MOST_SHOWN).map(({ path }) => pathInWords(path));
  return listInWords(numbers.length > MOST_SHOWN ? [...shown, `${numbers.length - MOST_SHOWN} more`] : shown);
}
