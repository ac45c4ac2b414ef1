import { isJsonArray, isJsonObject, type JsonValue, jsonNumber, parseLenientJson } from '../base/lenient-json.ts';
import { countOf } from '../base/text.ts';
import { doublesOf } from '../evidence/column-buffers.ts';
import { decodeText, type EvidenceBytes, hashEvidenceAt, onlyFile, readEvidence } from '../evidence/evidence-file.ts';
import { locateArtifact } from '../evidence/locate-artifact.ts';
import { measureModelFiles } from '../evidence/model-files.ts';
import { readColumns } from '../evidence/table.ts';
import { percentile } from '../metrics/percentile.ts';
import { compensatedSum } from '../metrics/sums.ts';
import type { OperationsCheck } from '../policy/schema.ts';
import { boundInWords, boundOf, judge, valueInWords } from './bounds.ts';
import { type CheckContext, type Finding, notEvaluable } from './check-context.ts';
import { keepLast } from './keep-last.ts';
import { loggedValue } from './logged-metric.ts';
import type { Bound } from './outcome.ts';

const LARGEST_JSON = 64_000_000;

type Statistic = NonNullable<OperationsCheck['statistic']>;

/** Percentiles, by the statistic's name; the median is one of them. */
const PERCENTS: Readonly<Partial<Record<Statistic, number>>> = {
  median: 50,
  p50: 50,
  p75: 75,
  p90: 90,
  p95: 95,
  p99: 99,
  p999: 99.9,
};

/** What people call the statistics, to begin a sentence. */
const NAMES: Readonly<Record<Statistic, string>> = {
  mean: 'The mean',
  mean_per_thousand: 'A thousand times the mean',
  median: 'The median',
  min: 'The smallest',
  max: 'The largest',
  sum: 'The sum',
  p50: 'The median',
  p75: 'The 75th percentile',
  p90: 'The 90th percentile',
  p95: 'The 95th percentile',
  p99: 'The 99th percentile',
  p999: 'The 99.9th percentile',
};

/** A number that the check is about: how it came about, and how to say so at the start of a sentence. */
interface Measured {
  readonly value: number;
  readonly rows: number | null;
  readonly formula: string;
  readonly said: string;
  readonly evidence: Finding['evidence'];
}

/**
 * Latency, throughput, memory, size or cost within bounds: a statistic over a table's column (percentiles by linear
 * interpolation, as NumPy's default), a number in a JSON file, a logged metric, or the size of the model's files.
 */
export async function checkOperations(check: OperationsCheck, context: CheckContext): Promise<Finding> {
  const bound = boundOf(check);
  if (bound === null) return notEvaluable('The check has no bound: it needs `min`, `max` or `max_abs`.');
  const measured = await measure(check, context);
  if ('status' in measured) return { ...measured, bound };
  const { value, rows, formula, said, evidence } = measured;
  const status = judge(value, bound);
  if (status === 'pass' && value < 0 && !allowsNegative(bound)) {
    const message = `${said} ${valueInWords(value, bound)}; ${NEVER_NEGATIVE}`;
    return notEvaluable(message, { bound, value, rows, formula, evidence });
  }
  return {
    status,
    value,
    bound,
    interval: null,
    rows,
    formula,
    message: `${said} ${valueInWords(value, bound)}; ${boundInWords(bound)} is required.`,
    evidence,
  };
}

/** Tools write -1 for what they could not measure, and every largest value would allow it. */
const NEVER_NEGATIVE = 'no latency, throughput, memory, size or cost is below 0, so it measures nothing.';

/** Whether the policy itself speaks of numbers below 0, as of a change since the last version. */
function allowsNegative(bound: Bound): boolean {
  return Object.entries(bound ?? {}).some(([key, limit]) => key === 'max_abs' || limit < 0);
}

async function measure(check: OperationsCheck, context: CheckContext): Promise<Measured | Finding> {
  const sources = [check.logged, check.path, check.measure].filter((source) => source !== undefined);
  if (sources.length !== 1) return notEvaluable('The check needs one of `logged`, `path` and `measure`.');
  if (check.logged !== undefined) return measureLogged(check, check.logged, context);
  if (check.path === undefined) return measureModel(context);
  const { column, statistic, pointer } = check;
  if (pointer !== undefined && column === undefined) return measureJson(check.path, pointer, context);
  if (column === undefined || statistic === undefined || pointer !== undefined) {
    return notEvaluable('The check needs either `column` with `statistic` (a table) or `pointer` (a JSON file).');
  }
  return measureColumn(check.path, column, statistic, check, context);
}

function measureLogged(check: OperationsCheck, name: string, { run }: CheckContext): Measured | Finding {
  const logged = loggedValue(run, name, check.step);
  if (!logged.ok) return notEvaluable(logged.problem.message);
  const { value, formula } = logged.value;
  return { value, rows: null, formula, said: `The run logged “${name}” as`, evidence: [] };
}

async function measureModel(context: CheckContext): Promise<Measured | Finding> {
  const measured = await measureModelFiles(context.policy.run.artifact, context);
  if (!measured.ok) return notEvaluable(measured.problem.message);
  const { bytes, count } = measured.value;
  return {
    value: bytes,
    rows: null,
    formula: 'model_size/bytes',
    said: `The model’s size in bytes (${countOf(count, 'file')}) is`,
    evidence: [],
  };
}

async function measureColumn(
  path: string,
  column: string,
  statistic: Statistic,
  check: OperationsCheck,
  context: CheckContext,
): Promise<Measured | Finding> {
  const read = await readMeasurements(path, column, check, context);
  if ('status' in read) return read;
  const { values, relative, evidence } = read;
  const rows = values.length;
  const negative = allowsNegative(boundOf(check)) ? -1 : values.findIndex((value) => value < 0);
  if (negative >= 0) {
    const where = `Column “${column}” of “${relative}” holds ${values[negative]} in row ${negative + 1}`;
    return notEvaluable(`${where}; ${NEVER_NEGATIVE}`, { evidence, rows });
  }
  const { value, formula } = statisticOf(values, statistic);
  return {
    value,
    rows,
    formula,
    said: `${NAMES[statistic]} of ${countOf(rows, 'measurement')}${fewInWords(rows, statistic)} in column “${column}” of “${relative}” is`,
    evidence,
  };
}

/** Where no measurement can lie above the percentile, it is little else than the largest. */
function fewInWords(rows: number, statistic: Statistic): string {
  const needed = Math.ceil(100 / (100 - (PERCENTS[statistic] ?? 0)) - 1e-9);
  return statistic.startsWith('p') && rows < needed ? ` (fewer than the ${needed} that it needs to tell much)` : '';
}

/** A table's column of finite numbers, at least one. */
export interface Measurements {
  readonly values: Float64Array;
  /** The table, as the policy's folder names it. */
  readonly relative: string;
  readonly evidence: Finding['evidence'];
}

/** Reads the measurements that a statistic is taken over; a finding where they can't be had. */
export function readMeasurements(
  path: string,
  column: string,
  check: OperationsCheck,
  context: CheckContext,
): Promise<Measurements | Finding> {
  return keepLast(context, check, () => readColumn(path, column, context));
}

async function readColumn(path: string, column: string, context: CheckContext): Promise<Measurements | Finding> {
  const located = locateArtifact(path, context);
  if (!located.ok) return notEvaluable(located.problem.message);
  const one = onlyFile(located.value, path, 'The table');
  if (!one.ok) return notEvaluable(one.problem.message);
  const { absolute, relative } = one.value;
  const file = await hashEvidenceAt(absolute, relative, { what: 'The table', signal: context.signal });
  if (!file.ok) return notEvaluable(file.problem.message);
  const evidence = [file.value];
  const table = await readColumns(
    located.value,
    [{ name: column, as: 'number' }],
    context.signal ? { signal: context.signal } : {},
  );
  if (!table.ok) return notEvaluable(table.problem.message, { evidence });
  const found = table.value.columns.get(column);
  if (found === undefined || !found.ok) {
    return notEvaluable(found?.problem.message ?? `Column “${column}” was not read.`, { evidence });
  }
  const where = `Column “${column}” of “${relative}”`;
  const { rows } = table.value;
  if (found.value.kind !== 'number') return notEvaluable(`${where} does not hold numbers.`, { evidence });
  if (rows === 0) return notEvaluable(`“${relative}” has no rows.`, { evidence });
  const values = doublesOf(found.value);
  const unusable = values.findIndex((value) => !Number.isFinite(value));
  if (unusable >= 0) {
    return notEvaluable(`${where} holds no finite number in row ${unusable + 1}.`, { evidence, rows });
  }
  return { values, relative, evidence };
}

function statisticOf(values: Float64Array, statistic: Statistic): { value: number; formula: string } {
  const percent = PERCENTS[statistic];
  if (percent !== undefined) return { value: percentile(values, percent), formula: `${statistic}/linear` };
  switch (statistic) {
    case 'mean':
      return { value: compensatedSum(values) / values.length, formula: statistic };
    case 'mean_per_thousand':
      return { value: (1000 * compensatedSum(values)) / values.length, formula: statistic };
    case 'sum':
      return { value: compensatedSum(values), formula: statistic };
    default: {
      const better = statistic === 'min' ? Math.min : Math.max;
      return { value: values.reduce((best, value) => better(best, value)), formula: statistic };
    }
  }
}

async function measureJson(path: string, pointer: string, context: CheckContext): Promise<Measured | Finding> {
  const read = await readEvidence(path, context, {
    what: 'The file',
    mostBytes: LARGEST_JSON,
    signal: context.signal,
  });
  if (!read.ok) return notEvaluable(read.problem.message);
  return valueAt(read.value, pointer, path);
}

function valueAt(read: EvidenceBytes, pointer: string, path: string): Measured | Finding {
  const evidence = [read.file];
  const text = decodeText(read.bytes);
  if (text === undefined) return notEvaluable(`The file “${path}” is not UTF-8 text.`, { evidence });
  const document = parseLenientJson(text);
  if (!document.ok) return notEvaluable(`The file “${path}” ${document.problem.message}.`, { evidence });
  const found = at(document.value, pointer);
  if (found === undefined) return notEvaluable(`There is nothing at “${pointer}” in “${path}”.`, { evidence });
  const value = jsonNumber(found);
  if (value === undefined)
    return notEvaluable(`What stands at “${pointer}” in “${path}” is not a number.`, { evidence });
  if (!Number.isFinite(value)) {
    const what = Number.isNaN(value) ? 'NaN' : 'infinite';
    return notEvaluable(`What stands at “${pointer}” in “${path}” is ${what}, which can’t be compared.`, { evidence });
  }
  return { value, rows: null, formula: 'json-pointer', said: `“${path}” says at “${pointer}”:`, evidence };
}

/** RFC 6901. */
function at(document: JsonValue, pointer: string): JsonValue | undefined {
  let here: JsonValue | undefined = document;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (isJsonObject(here)) here = here.get(key);
    else if (isJsonArray(here) && /^(?:0|[1-9]\d*)$/.test(key)) here = here[Number(key)];
    else return undefined;
  }
  return here;
}
