import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, jsonText } from '../../base/lenient-json.ts';
import { type Result, succeed } from '../../base/result.ts';
import { countOf } from '../../base/text.ts';
import { notThisFormat, type ToolReport, type ToolTest, type ToolVerdict, testName } from './tool-report.ts';

const VERDICTS: ReadonlyMap<string, ToolVerdict> = new Map([
  ['PASS', 'passed'],
  ['FAIL', 'failed'],
  ['WARN', 'warned'],
  ['ERROR', 'broken'],
]);
const DEEPEST = 20;

/**
 * Reads what Deepchecks' `SuiteResult.to_json()` and `CheckResult.to_json()` write. Only conditions decide: a check
 * without one measured something and judged nothing. A `CheckFailure` is a check that could not run, and is `broken`.
 */
export function readDeepchecks(document: JsonValue): Result<ToolReport> {
  if (!isJsonObject(document) || typeOf(document) === undefined) return notThisFormat('is not what Deepchecks writes');
  const tests: ToolTest[] = [];
  const unjudged: string[] = [];
  const problem = collect(document, { tests, unjudged, depth: 0 });
  if (problem) return problem;
  if (tests.length === 0) {
    return notThisFormat(
      unjudged.length > 0
        ? `holds ${countOf(unjudged.length, 'check')} and no condition; only conditions say whether a result is good, so add conditions to the Deepchecks suite`
        : 'holds no check',
    );
  }
  const note =
    unjudged.length > 0
      ? `${countOf(unjudged.length, 'check has', 'checks have')} no condition and decided nothing`
      : undefined;
  return succeed({ tool: 'Deepchecks', tests, unit: 'condition', ...(note ? { note } : {}) });
}

interface Collected {
  readonly tests: ToolTest[];
  readonly unjudged: string[];
  readonly depth: number;
}

function collect(result: JsonObject, into: Collected): Result<never> | undefined {
  const check = result.get('check');
  const title = jsonText(result, 'header') ?? jsonText(isJsonObject(check) ? check : undefined, 'name');
  const name = testName(title, `check ${into.tests.length + into.unjudged.length + 1}`);
  switch (typeOf(result)) {
    case 'CheckFailure':
      into.tests.push({ name, verdict: 'broken' });
      return undefined;
    case 'CheckResult':
      return collectConditions(result, name, into);
    default:
      return collectSuite(result, into);
  }
}

function collectConditions(result: JsonObject, name: string, into: Collected): Result<never> | undefined {
  const conditions = result.get('conditions_results');
  if (!isJsonArray(conditions)) return notThisFormat(`has a check (“${name}”) whose conditions can’t be found`);
  if (conditions.length === 0) into.unjudged.push(name);
  for (const condition of conditions) {
    const status = isJsonObject(condition) ? jsonText(condition, 'Status') : undefined;
    const verdict = VERDICTS.get(status ?? '');
    if (!isJsonObject(condition) || verdict === undefined) {
      return notThisFormat(`has a condition (of “${name}”) without a status that is known`);
    }
    into.tests.push({ name: testName(`${name}: ${jsonText(condition, 'Condition') ?? ''}`, name), verdict });
  }
  return undefined;
}

function collectSuite(suite: JsonObject, into: Collected): Result<never> | undefined {
  const results = suite.get('results');
  if (!isJsonArray(results) || into.depth > DEEPEST) return notThisFormat('has a suite whose results can’t be found');
  for (const result of results) {
    if (!isJsonObject(result) || typeOf(result) === undefined) {
      return notThisFormat('has a result of a kind that is not known');
    }
    const problem = collect(result, { ...into, depth: into.depth + 1 });
    if (problem) return problem;
  }
  return undefined;
}

function typeOf(result: JsonObject): 'SuiteResult' | 'CheckResult' | 'CheckFailure' | undefined {
  const type = jsonText(result, 'type');
  return type === 'SuiteResult' || type === 'CheckResult' || type === 'CheckFailure' ? type : undefined;
}
