import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, jsonText } from '../../base/lenient-json.ts';
import { type Result, succeed } from '../../base/result.ts';
import {
  contradiction,
  notThisFormat,
  type ToolReport,
  type ToolTest,
  type ToolVerdict,
  testName,
} from './tool-report.ts';

const NOTHING_EVALUATED =
  'has a validation that evaluated no expectation; Great Expectations calls that a success, and it proves nothing';

/**
 * Reads what Great Expectations writes: a validation result (`to_json_dict()`, or as a store keeps it), a checkpoint's
 * `describe()`, and a checkpoint result with its runs.
 *
 * Traps: a suite without expectations succeeds, so `success` alone is never believed; an expectation that raised an
 * exception decided nothing (its `exception_info` is either one record or one for each metric); a failed expectation
 * of severity `warning` or `info` is a warning; `describe()` leaves severity and exceptions out, so there it failed. One
 * that looked at no value succeeds, and counts as skipped.
 */
export function readGreatExpectations(document: JsonValue): Result<ToolReport> {
  if (!isJsonObject(document)) return notThisFormat('is not what Great Expectations writes');
  const validations = validationsOf(document);
  if (validations === undefined) return notThisFormat('is not what Great Expectations writes');
  const tests: ToolTest[] = [];
  for (const validation of validations) {
    const found = readValidation(validation);
    if (!found.ok) return found;
    if (found.value.length === 0) return notThisFormat(NOTHING_EVALUATED);
    tests.push(...found.value);
  }
  if (tests.length === 0) return notThisFormat(NOTHING_EVALUATED);
  if (document.get('success') === true && tests.some(({ verdict }) => verdict === 'failed' || verdict === 'broken')) {
    return contradiction('it calls itself a success, and lists expectations that did not succeed');
  }
  if (document.get('success') !== true && tests.every(({ verdict }) => verdict === 'passed')) {
    return contradiction('it does not call itself a success, and every expectation in it succeeded');
  }
  return succeed({ tool: 'Great Expectations', tests, unit: 'expectation' });
}

function validationsOf(document: JsonObject): readonly JsonObject[] | undefined {
  if (isJsonArray(document.get('results'))) return [document];
  const described = document.get('validation_results');
  if (isJsonArray(described)) return described.every(isJsonObject) ? described : undefined;
  const runs = document.get('run_results');
  if (!isJsonObject(runs)) return undefined;
  const results = [...runs.values()].map((run) => {
    if (!isJsonObject(run)) return undefined;
    return run.has('validation_result') ? run.get('validation_result') : run;
  });
  return results.every(isJsonObject) ? results : undefined;
}

function readValidation(validation: JsonObject): Result<ToolTest[]> {
  const listed = validation.get('results') ?? validation.get('expectations');
  if (!isJsonArray(listed)) return notThisFormat('has a validation whose expectations can’t be found');
  const statistics = validation.get('statistics');
  const evaluated = isJsonObject(statistics) ? statistics.get('evaluated_expectations') : undefined;
  if (typeof evaluated !== 'number') return notThisFormat('does not say how many expectations were evaluated');
  if (evaluated !== listed.length) {
    return contradiction(`it says that ${evaluated} expectations were evaluated, and lists ${listed.length}`);
  }
  const tests: ToolTest[] = [];
  for (const [index, each] of listed.entries()) {
    const verdict = isJsonObject(each) ? verdictOf(each) : undefined;
    if (!isJsonObject(each) || verdict === undefined) {
      return notThisFormat(`has an expectation (number ${index + 1}) that does not say whether it succeeded`);
    }
    tests.push({ name: nameOf(each, index), verdict });
  }
  const wrong = statisticsMistake(isJsonObject(statistics) ? statistics : undefined, listed.filter(isJsonObject));
  if (wrong) return wrong;
  return validation.get('success') === false && tests.every(({ verdict }) => verdict === 'passed')
    ? contradiction('a validation does not call itself a success, and every expectation in it succeeded')
    : succeed(tests);
}

function statisticsMistake(
  statistics: JsonObject | undefined,
  expectations: readonly JsonObject[],
): Result<never> | undefined {
  const counted = [
    ['successful_expectations', true],
    ['unsuccessful_expectations', false],
  ] as const;
  const wrong = counted.find(([key, success]) => {
    const stated = statistics?.get(key);
    return (
      typeof stated === 'number' && stated !== expectations.filter((each) => each.get('success') === success).length
    );
  });
  if (wrong === undefined) return undefined;
  const [key, success] = wrong;
  return contradiction(
    `it says that ${statistics?.get(key)} expectations ${success ? 'succeeded' : 'did not succeed'}, and lists another number`,
  );
}

function verdictOf(expectation: JsonObject): ToolVerdict | undefined {
  const success = expectation.get('success');
  if (raised(expectation.get('exception_info'))) return 'broken';
  if (success === true) return lookedAtNothing(expectation.get('result')) ? 'skipped' : 'passed';
  if (success !== false) return undefined;
  const severity = jsonText(configOf(expectation), 'severity');
  return severity === 'warning' || severity === 'info' ? 'warned' : 'failed';
}

/** On no rows, or on nothing but nulls, which are passed over, every expectation of values succeeds. */
function lookedAtNothing(result: JsonValue | undefined): boolean {
  if (!isJsonObject(result)) return false;
  const rows = result.get('element_count');
  return rows === 0 || (typeof rows === 'number' && rows === result.get('missing_count'));
}

function raised(info: JsonValue | undefined): boolean {
  if (!isJsonObject(info)) return false;
  const isRaised = info.get('raised_exception') ?? false;
  return (
    (isRaised !== false && !isJsonObject(isRaised)) ||
    [...info.values()].some((each) => isJsonObject(each) && raised(each))
  );
}

function nameOf(expectation: JsonObject, index: number): string {
  const config = configOf(expectation);
  const type = jsonText(config, 'type') ?? jsonText(config, 'expectation_type');
  const parameters = config?.get('kwargs');
  const column = isJsonObject(parameters) ? jsonText(parameters, 'column') : undefined;
  const name = column === undefined ? type : `${type ?? 'expectation'} of ${column}`;
  return testName(name, `expectation ${index + 1}`);
}

/** `describe()` writes the configuration into the expectation itself. */
function configOf(expectation: JsonObject): JsonObject | undefined {
  const config = expectation.get('expectation_config');
  return isJsonObject(config) ? config : expectation;
}
