import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, jsonText } from '../../base/lenient-json.ts';
import { type Result, succeed } from '../../base/result.ts';
import { countOf } from '../../base/text.ts';
import {
  contradiction,
  notThisFormat,
  type ToolReport,
  type ToolTest,
  type ToolVerdict,
  testName,
} from './tool-report.ts';

const VERDICTS: ReadonlyMap<string, ToolVerdict> = new Map([
  ['SUCCESS', 'passed'],
  ['FAIL', 'failed'],
  ['WARNING', 'warned'],
  ['ERROR', 'broken'],
  ['SKIPPED', 'skipped'],
]);

/**
 * Reads what Evidently writes: `snapshot.save_json()` from 0.7, test suites and reports before. Only `tests` decide. A
 * drift score alone is either a p-value (low is drift) or a distance (high is drift), and the file does not say which.
 *
 * Traps: before 0.7 the summary counts a WARNING as a success, so the summary is never believed, only compared;
 * `snapshot.dumps()` is another format, and is refused by name.
 */
export function readEvidently(document: JsonValue): Result<ToolReport> {
  if (!isJsonObject(document)) return notThisFormat('is not what Evidently writes');
  if (document.has('metric_results') && document.has('top_level_metrics')) {
    return notThisFormat('is an Evidently snapshot as `dumps()` writes it; write it with `save_json()` instead');
  }
  const tests = document.get('tests');
  const metrics = document.get('metrics');
  if (!isJsonArray(tests) && !isJsonArray(metrics)) return notThisFormat('is not what Evidently writes');
  if (!isJsonArray(tests) || tests.length === 0) {
    const held = isJsonArray(metrics) ? `${countOf(metrics.length, 'metric')} and no test` : 'no test';
    return notThisFormat(
      `holds ${held}; only tests say whether a number is good, so add tests to the Evidently report`,
    );
  }
  const found: ToolTest[] = [];
  for (const [index, test] of tests.entries()) {
    const status = isJsonObject(test) ? jsonText(test, 'status') : undefined;
    const verdict = VERDICTS.get(status ?? '');
    if (!isJsonObject(test) || verdict === undefined) {
      return notThisFormat(`has a test (number ${index + 1}) without a status that is known`);
    }
    found.push({ name: testName(jsonText(test, 'name'), `test ${index + 1}`), verdict });
  }
  const wrong = summaryMistake(document.get('summary'), found);
  return wrong ?? succeed({ tool: 'Evidently', tests: found, unit: 'test' });
}

function summaryMistake(summary: JsonValue | undefined, tests: readonly ToolTest[]): Result<never> | undefined {
  if (!isJsonObject(summary)) return undefined;
  const total = summary.get('total_tests');
  if (total !== undefined && total !== tests.length) {
    return contradiction(`its summary speaks of ${total} tests, and it lists ${tests.length}`);
  }
  if (summary.get('all_passed') === false && tests.every(({ verdict }) => verdict === 'passed')) {
    return contradiction('its summary says that not all tests passed, and all that it lists did');
  }
  const failures = summary.get('failed_tests');
  if (typeof failures === 'number' && failures > 0 && tests.every(({ verdict }) => verdict === 'passed')) {
    return contradiction(`its summary speaks of ${failures} failed tests, and all that it lists passed`);
  }
  const by = summary.get('by_status');
  if (!isJsonObject(by)) return undefined;
  return [...VERDICTS].some(([status, verdict]) => countIn(by, status) !== numberOf(tests, verdict))
    ? contradiction('its summary counts other results than it lists')
    : undefined;
}

function countIn(by: JsonObject, status: string): number {
  const count = by.get(status);
  return typeof count === 'number' ? count : 0;
}

function numberOf(tests: readonly ToolTest[], verdict: ToolVerdict): number {
  return tests.filter((test) => test.verdict === verdict).length;
}
