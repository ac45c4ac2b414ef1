import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, jsonText } from '../../base/lenient-json.ts';
import { type Result, succeed } from '../../base/result.ts';
import { notThisFormat, type ToolReport, type ToolTest, type ToolVerdict, testName } from './tool-report.ts';

type Level = 'error' | 'warning' | 'note' | 'none';

/**
 * Reads SARIF 2.1.0 (OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0): a result of level `error` is a failure,
 * of level `warning` a warning; notes inform only. The level is the result's, else its rule's, else `warning` (§3.27.10).
 * Where a run configures rules anew, or several rules have one name, the gravest level that could be meant counts.
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
  if (document.has('inlineExternalProperties')) {
    return notThisFormat(
      'keeps a part of its results outside its runs (`inlineExternalProperties`), which is not read',
    );
  }
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

function verdictOf(result: JsonObject, rules: RuleLevels): ToolVerdict | 'informs' | undefined {
  const kind = result.get('kind') ?? 'fail';
  if (kind === 'open' || kind === 'review') return 'warned';
  // Only what fails may have a level (§3.27.10).
  if (kind !== 'fail' && (result.get('level') === 'error' || result.get('level') === 'warning')) return undefined;
  if (kind === 'pass') return 'passed';
  if (kind === 'notApplicable' || kind === 'informational') return 'informs';
  if (kind !== 'fail') return undefined;
  const level = result.has('level') ? levelOf(result.get('level')) : ruleLevel(result, rules);
  if (level === undefined) return undefined;
  if (level === 'note' || level === 'none') return 'informs';
  return level === 'error' && !isSuppressed(result) ? 'failed' : 'warned';
}

/** One that is still looked at, or was turned down, suppresses nothing (§3.27.23). */
function isSuppressed(result: JsonObject): boolean {
  const suppressions = result.get('suppressions');
  if (!isJsonArray(suppressions) || suppressions.length === 0) return false;
  return suppressions.every((each) => isJsonObject(each) && (each.get('status') ?? 'accepted') === 'accepted');
}

/** From the gravest. */
const LEVELS: readonly Level[] = ['error', 'warning', 'note', 'none'];

/** What a run says of its rules: the levels of each, by its name, and of those of the tool itself by their place. */
interface RuleLevels {
  readonly byId: ReadonlyMap<string, readonly Level[]>;
  readonly byIndex: readonly Level[];
  /** Levels that the run sets for rules of which it is hard to tell which they are. */
  readonly overrides: readonly Level[];
}

/** A rule of an extension is known by its name alone, since its place is another list's. */
function ruleLevel(result: JsonObject, { byId, byIndex, overrides }: RuleLevels): Level {
  const rule = result.get('rule');
  const reference = isJsonObject(rule) ? rule : undefined;
  const id = jsonText(result, 'ruleId') ?? jsonText(reference, 'id');
  const index = reference?.has('toolComponent') ? undefined : (result.get('ruleIndex') ?? reference?.get('index'));
  const named = id === undefined ? undefined : byId.get(id);
  const placed = typeof index === 'number' ? byIndex[index] : undefined;
  const own = named ?? (placed === undefined ? ['warning' as const] : [placed]);
  return gravest([...own, ...overrides]);
}

function rulesOf(run: JsonObject): RuleLevels {
  const byId = new Map<string, Level[]>();
  const ofDriver = rulesIn(driverOf(run));
  const tool = run.get('tool');
  const extensions = isJsonObject(tool) ? tool.get('extensions') : undefined;
  const others = isJsonArray(extensions) ? extensions.flatMap((each) => (isJsonObject(each) ? rulesIn(each) : [])) : [];
  for (const { id, level } of [...ofDriver, ...others]) {
    if (id !== undefined) byId.set(id, [...(byId.get(id) ?? []), level]);
  }
  const invocations = run.get('invocations');
  const overrides = (isJsonArray(invocations) ? invocations : []).flatMap((invocation) => {
    const list = isJsonObject(invocation) ? invocation.get('ruleConfigurationOverrides') : undefined;
    return (isJsonArray(list) ? list : []).map((each) =>
      configuredLevel(isJsonObject(each) ? each : undefined, 'configuration'),
    );
  });
  return { byId, byIndex: ofDriver.map(({ level }) => level), overrides };
}

function rulesIn(component: JsonObject | undefined): { readonly id: string | undefined; readonly level: Level }[] {
  const rules = component?.get('rules');
  return (isJsonArray(rules) ? rules : []).map((rule) => {
    const object = isJsonObject(rule) ? rule : undefined;
    return { id: jsonText(object, 'id'), level: configuredLevel(object, 'defaultConfiguration') };
  });
}

/** A configuration that names no level that is known is a warning, as without one. */
function configuredLevel(owner: JsonObject | undefined, key: string): Level {
  const configuration = owner?.get(key);
  return (isJsonObject(configuration) ? levelOf(configuration.get('level')) : undefined) ?? 'warning';
}

function gravest(levels: readonly Level[]): Level {
  return LEVELS.find((level) => levels.includes(level)) ?? 'warning';
}

function levelOf(value: JsonValue | undefined): Level | undefined {
  return value === 'error' || value === 'warning' || value === 'note' || value === 'none' ? value : undefined;
}

function executionProblem(run: JsonObject): string | undefined {
  const invocations = run.get('invocations') ?? [];
  if (!isJsonArray(invocations)) return 'how it was executed can’t be understood';
  for (const invocation of invocations) {
    const successful = isJsonObject(invocation) ? invocation.get('executionSuccessful') : undefined;
    if (successful === false) return 'its execution failed';
    if (!isJsonObject(invocation) || successful !== true) return 'it does not say that its execution was successful';
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
