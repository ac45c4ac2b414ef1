import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, jsonText } from '../../base/lenient-json.ts';
import { type Result, succeed } from '../../base/result.ts';
import { notThisFormat, type ToolReport, type ToolTest, type ToolVerdict, testName } from './tool-report.ts';

const VERDICTS: ReadonlyMap<string, ToolVerdict> = new Map([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['error', 'broken'],
  ['skipped', 'skipped'],
]);

/** How grave Giskard calls what its scan found; anything else is taken for grave. */
const ISSUE_VERDICTS: ReadonlyMap<string, ToolVerdict> = new Map([
  ['major', 'failed'],
  ['medium', 'warned'],
  ['minor', 'warned'],
]);

/**
 * Reads what Giskard 2 writes: a test suite's `to_json()` (`{"Accuracy": {"result": "Passed", …}}`) or a scan's
 * (`{"PerformanceBiasDetector": {"major": ["…"]}, …}`; a detector that found nothing is `{}` and counts as passed).
 * An empty object says neither what was tested nor that anything was, and is refused.
 */
export function readGiskard(document: JsonValue): Result<ToolReport> {
  if (!isJsonObject(document)) return notThisFormat('is not what Giskard writes');
  const entries = [...document];
  if (entries.length === 0) return notThisFormat('is empty: it does not say that anything was tested');
  const isSuite = entries.some(([, value]) => isJsonObject(value) && value.has('result'));
  return isSuite ? readSuite(entries) : readScan(entries);
}

function readSuite(entries: readonly (readonly [string, JsonValue])[]): Result<ToolReport> {
  const tests: ToolTest[] = [];
  for (const [name, value] of entries) {
    const result = isJsonObject(value) ? jsonText(value, 'result') : undefined;
    const verdict = VERDICTS.get((result ?? '').toLowerCase());
    if (verdict === undefined)
      return notThisFormat(`has a test (“${testName(name, '?')}”) without a result that is known`);
    tests.push({ name: testName(name, 'a test without a name'), verdict });
  }
  return succeed({ tool: 'Giskard', tests, unit: 'test' });
}

function readScan(entries: readonly (readonly [string, JsonValue])[]): Result<ToolReport> {
  const tests: ToolTest[] = [];
  for (const [detector, issues] of entries) {
    if (!isJsonObject(issues) || !/Detector$/.test(detector)) return notThisFormat('is not what Giskard writes');
    const found = issuesOf(detector, issues);
    if (found === undefined)
      return notThisFormat(`has a detector (“${testName(detector, '?')}”) that can’t be understood`);
    tests.push(...found);
  }
  return succeed({ tool: 'Giskard', tests, unit: 'finding', whenPassed: 'no detector of the scan found an issue' });
}

function issuesOf(detector: string, issues: JsonObject): ToolTest[] | undefined {
  const name = testName(detector, 'a detector');
  const found: ToolTest[] = [];
  for (const [level, descriptions] of issues) {
    if (!isJsonArray(descriptions)) return undefined;
    const verdict = ISSUE_VERDICTS.get(level) ?? 'failed';
    for (const description of descriptions) {
      const text = typeof description === 'string' ? description : '';
      found.push({ name: testName(`${name}: ${text}`, name), verdict });
    }
  }
  return found.length > 0 ? found : [{ name, verdict: 'passed' }];
}
