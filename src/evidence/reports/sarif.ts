import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, jsonText } from '../../base/lenient-json.ts';
import { type Result, succeed } from '../../base/result.ts';
import { notThisFormat, type ToolReport, type ToolTest, type ToolVerdict, testName } from './tool-report.ts';

type Level = 'error' | 'warning' | 'note' | 'none';

/**
 * Reads SARIF 2.1.0 (OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0): a result of level `error` is a failure,
 * of level `warning` a warning; notes inform only. The level is the result's, else its rule's, else `warning` (§3.27.10).
 *
 * Traps: results of kind `open` or `review` wait for a person, and suppressed ones were put aside by one, so both are
 * warnings; a run without `results` was never carried out (§3.14.23), while an empty list means that nothing was found; a
 * tool that says that its execution failed has decided nothing.
 */
export function readSarif(document: JsonValue): Result<ToolReport> {
  const runs = isJsonObject(document) ? document.get('runs') : undefined;
  if (!isJsonObject(document) || !isJsonArray(runs)) return notThisFormat('is not SARIF');
  const version = jsonText(document, 'version');
  if (version !== '2.1.0')
    return notThisFormat(`is SARIF of version “${(version ?? '?').slice(0, 20)}”; 2.1.0 can be read`);
  if (runs.length === 0) return notThisFormat('holds no run of a tool');
  const tests: ToolTest[] = [];
  for (const run of runs) {
    const found = isJsonObject(run) ? readRun(run) : notThisFormat('is not SARIF');
    if (!found.ok) return found;
    tests.push(...found.value);
  }
  const tools = runs.map((run) => driverName(isJsonObject(run) ? run : undefined) ?? '');
  const whenPassed = 'no finding that is an error or a warning';
  return succeed({ tool: [...new Set(tools)].join(', '), tests, unit: 'finding', whenPassed });
}

function readRun(run: JsonObject): Result<ToolTest[]> {
  const tool = driverName(run);
  if (tool === undefined) return notThisFormat('does not name the tool that ran');
  if (run.has('externalPropertyFileReferences')) {
    return notThisFormat('keeps a part of its results in other files, which are not read');
  }
  const results = run.get('results');
  if (!isJsonArray(results)) return notThisFormat(`says that ${tool} produced no results: it was not carried out`);
  const broken = executionProblem(run);
  const tests: ToolTest[] = broken ? [{ name: `${tool}: ${broken}`, verdict: 'broken' }] : [];
  const rules = rulesOf(run);
  for (const [index, result] of results.entries()) {
    const verdict = isJsonObject(result) ? verdictOf(result, rules) : undefined;
    if (!isJsonObject(result) || verdict === undefined) {
      return notThisFormat(`has a result (number ${index + 1}) of a kind or level that is not known`);
    }
    if (verdict !== 'informs') tests.push({ name: nameOf(result, tool), verdict });
  }
  // A tool that ran and found nothing is one thing that passed.
  return succeed(tests.length > 0 ? tests : [{ name: `${tool}: nothing found`, verdict: 'passed' }]);
}

function verdictOf(result: JsonObject, rules: ReadonlyMap<string, Level>): ToolVerdict | 'informs' | undefined {
  const kind = result.get('kind') ?? 'fail';
  if (kind === 'pass') return 'passed';
  if (kind === 'notApplicable' || kind === 'informational') return 'informs';
  if (kind === 'open' || kind === 'review') return 'warned';
  if (kind !== 'fail') return undefined;
  const level = result.has('level') ? levelOf(result.get('level')) : ruleLevel(result, rules);
  if (level === undefined) return undefined;
  if (level === 'note' || level === 'none') return 'informs';
  const suppressions = result.get('suppressions');
  const isSuppressed = isJsonArray(suppressions) && suppressions.length > 0;
  return level === 'error' && !isSuppressed ? 'failed' : 'warned';
}

function ruleLevel(result: JsonObject, rules: ReadonlyMap<string, Level>): Level {
  const rule = result.get('rule');
  const index = result.get('ruleIndex') ?? (isJsonObject(rule) ? rule.get('index') : undefined);
  const id = jsonText(result, 'ruleId') ?? jsonText(isJsonObject(rule) ? rule : undefined, 'id');
  return (id === undefined ? undefined : rules.get(id)) ?? rules.get(`#${String(index)}`) ?? 'warning';
}

function rulesOf(run: JsonObject): ReadonlyMap<string, Level> {
  const levels = new Map<string, Level>();
  const rules = driverOf(run)?.get('rules');
  if (!isJsonArray(rules)) return levels;
  for (const [index, rule] of rules.entries()) {
    const configuration = isJsonObject(rule) ? rule.get('defaultConfiguration') : undefined;
    const level = isJsonObject(configuration) ? levelOf(configuration.get('level')) : undefined;
    if (!isJsonObject(rule) || level === undefined) continue;
    levels.set(`#${index}`, level);
    const id = jsonText(rule, 'id');
    if (id !== undefined) levels.set(id, level);
  }
  return levels;
}

function levelOf(value: JsonValue | undefined): Level | undefined {
  return value === 'error' || value === 'warning' || value === 'note' || value === 'none' ? value : undefined;
}

function executionProblem(run: JsonObject): string | undefined {
  const invocations = run.get('invocations');
  for (const invocation of isJsonArray(invocations) ? invocations : []) {
    if (!isJsonObject(invocation)) continue;
    if (invocation.get('executionSuccessful') === false) return 'its execution failed';
    const notes = [invocation.get('toolExecutionNotifications'), invocation.get('toolConfigurationNotifications')];
    for (const list of notes) {
      if (isJsonArray(list) && list.some((note) => isJsonObject(note) && note.get('level') === 'error')) {
        return 'it reports an error of its own';
      }
    }
  }
  return undefined;
}

function nameOf(result: JsonObject, tool: string): string {
  const message = result.get('message');
  const text = isJsonObject(message) ? jsonText(message, 'text') : undefined;
  const id = jsonText(result, 'ruleId');
  return testName([id, text].filter((part) => part !== undefined).join(': '), `a finding of ${tool}`);
}

function driverOf(run: JsonObject | undefined): JsonObject | undefined {
  const tool = run?.get('tool');
  const driver = isJsonObject(tool) ? tool.get('driver') : undefined;
  return isJsonObject(driver) ? driver : undefined;
}

function driverName(run: JsonObject | undefined): string | undefined {
  const name = jsonText(driverOf(run), 'name');
  return name === undefined || name.trim() === '' ? undefined : testName(name, 'the tool');
}
