import { type Result, succeed } from '../../base/result.ts';
import { countOf } from '../../base/text.ts';
import type { XmlElement } from '../xml.ts';
import {
  contradiction,
  notThisFormat,
  type ToolReport,
  type ToolTest,
  type ToolVerdict,
  testName,
} from './tool-report.ts';

/** What a suite announces of its tests. */
const COUNTS = ['tests', 'failures', 'errors'] as const;
const UNTRIED = ['skipped', 'skip', 'skips', 'disabled'] as const;

/** What runners say of a test in its attributes `status` and `result`. */
const PASSED = new Set(['passed', 'pass', 'success', 'successful', 'succeeded', 'ok', 'run', 'completed', 'expected']);
const FAILED = new Set(
  'fail failed failure failing error errored broken panicked crashed aborted interrupted killed timedout timeout'.split(
    ' ',
  ),
);
const SKIPPED = new Set('notrun skip skipped suppressed disabled ignored pending untested'.split(' '));

/**
 * Reads JUnit XML, as pytest, Surefire, GoogleTest and most test runners write it. An `error` is a failure like any
 * other; a test that only passed when it was run again (`flakyFailure`) is a warning. Elements are known by their name
 * without a namespace's prefix and whatever its case, and tests are looked for in elements of other names, too: a failure
 * is not to be missed for how it is written.
 *
 * A word for a test's state that nobody knows is no pass: such a test is `broken`.
 *
 * Trap: the numbers that a `testsuite` announces must be those that it lists. A runner that was killed, or a file that
 * was cut and mended, leaves fewer failures than it announces.
 */
export function readJunit(root: XmlElement): Result<ToolReport> {
  if (!isSuite(root)) {
    return notThisFormat(`has the root <${root.name.slice(0, 40)}>, and JUnit’s is <testsuites> or <testsuite>`);
  }
  const tests: ToolTest[] = [];
  const wrong = collect(root, tests);
  if (wrong) return wrong;
  return tests.length > 0 ? succeed({ tool: 'JUnit', tests, unit: 'test' }) : notThisFormat('lists no test');
}

function collect(suite: XmlElement, into: ToolTest[]): Result<never> | undefined {
  const before = into.length;
  for (const child of suite.children) {
    if (isCalled(child, 'testcase')) {
      into.push({ name: nameOf(child, into.length), verdict: verdictOf(child) });
    } else if (isCalled(child, 'failure') || isCalled(child, 'error')) {
      into.push({ name: testName(suite.attributes.get('name'), 'a test suite'), verdict: 'failed' });
    } else {
      const wrong = collect(child, into);
      if (wrong) return wrong;
    }
  }
  return announcementMistake(suite, into.slice(before));
}

function isSuite(element: XmlElement): boolean {
  return isCalled(element, 'testsuite') || isCalled(element, 'testsuites');
}

function isCalled({ name }: XmlElement, wanted: string): boolean {
  return name.slice(name.indexOf(':') + 1).toLowerCase() === wanted.toLowerCase();
}

function announcementMistake(suite: XmlElement, tests: readonly ToolTest[]): Result<never> | undefined {
  if (!isSuite(suite)) return undefined;
  const name = testName(suite.attributes.get('name'), 'a test suite');
  const announced = (key: string): number | undefined => {
    const text = suite.attributes.get(key)?.trim() ?? '';
    return text === '' ? undefined : /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  };
  const unclear = [...COUNTS, ...UNTRIED].find((key) => Number.isNaN(announced(key)));
  if (unclear !== undefined) {
    return notThisFormat(`has a suite (“${name}”) whose number of ${unclear} is no number`);
  }
  const total = announced('tests');
  if (total !== undefined && total > tests.length) {
    return contradiction(`“${name}” announces ${countOf(total, 'test')} and lists ${tests.length}`);
  }
  const failures = (announced('failures') ?? 0) + (announced('errors') ?? 0);
  const listed = tests.filter(({ verdict }) => verdict === 'failed' || verdict === 'warned').length;
  if (failures > 0 && listed === 0) {
    return contradiction(`“${name}” announces ${countOf(failures, 'failure')} and lists none`);
  }
  const untried = UNTRIED.find((key) => (announced(key) ?? 0) > 0);
  if (untried !== undefined && tests.every(({ verdict }) => verdict === 'passed')) {
    return contradiction(`“${name}” announces that ${announced(untried)} tests did not run, and lists none of them`);
  }
  return failures > tests.length ? contradiction(`“${name}” announces more failures than tests`) : undefined;
}

function verdictOf(test: XmlElement): ToolVerdict {
  const has = (name: string): boolean => isAnywhereIn(test, name);
  if (has('failure') || has('error') || has('rerunFailure') || has('rerunError')) return 'failed';
  if (has('flakyFailure') || has('flakyError')) return 'warned';
  if (has('skipped') || has('disabled')) return 'skipped';
  const status = `${test.attributes.get('status') ?? ''} ${test.attributes.get('result') ?? ''}`.toLowerCase();
  const words = status.split(/[^a-z]+/).filter((word) => word !== '');
  if (words.some((word) => FAILED.has(word)) || test.attributes.get('success')?.toLowerCase() === 'false') {
    return 'failed';
  }
  if (words.some((word) => SKIPPED.has(word)) || test.attributes.get('executed')?.toLowerCase() === 'false') {
    return 'skipped';
  }
  return words.every((word) => PASSED.has(word)) ? 'passed' : 'broken';
}

/** However deep: some runners wrap what a test came to, and some put a test into a test. */
function isAnywhereIn(element: XmlElement, name: string): boolean {
  return element.children.some((child) => isCalled(child, name) || isAnywhereIn(child, name));
}

function nameOf(test: XmlElement, index: number): string {
  const owner = test.attributes.get('classname');
  const name = test.attributes.get('name') ?? '';
  return testName(owner ? `${owner}.${name}` : name, `test ${index + 1}`);
}
