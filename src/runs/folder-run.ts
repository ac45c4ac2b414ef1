import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject } from '../base/lenient-json.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { type BoundedFile, readBoundedFile } from './bounded-file.ts';
import { parseDataFile } from './data-file.ts';
import type { RunFolder } from './folder-places.ts';
import { numbersIn, textsIn } from './nested-values.ts';
import type { MetricPoint, Run, RunSummary } from './run.ts';

export const METRICS = 'metrics.json';
const PARAMS = ['params.json', 'params.yaml'] as const;
const MOST_BYTES = 10_000_000;

/**
 * What a folder's `metrics.json` says; undefined when the folder has no file at all. A run is finished when it has
 * metrics, at the time when they were written; before that it is running. Nested keys are joined with “.”; only numbers
 * are metrics. Problems are whole sentences.
 */
export async function readFolderSummary(
  folder: RunFolder,
  experiment: string,
): Promise<Result<RunSummary | undefined>> {
  const read = await readIn(folder, METRICS);
  if (!read.ok) return read;
  const common = { id: folder.id, name: folder.id, experiment, user: undefined };
  if (read.value === undefined) {
    const began = await firstSigns(folder.path);
    if (began === undefined) return succeed(undefined);
    return succeed({ ...common, status: 'running', startTime: began, endTime: undefined, metrics: new Map() });
  }
  const time = Math.floor(read.value.modified);
  const parsed = parseDataFile(METRICS, read.value.bytes);
  const numbers = parsed.ok ? numbersOf(parsed.value) : parsed;
  if (!numbers.ok) return said(folder, METRICS, numbers.problem.message);
  const metrics = new Map([...numbers.value].map(([name, value]) => [name, pointOf(value, time)]));
  return succeed({ ...common, status: 'finished', startTime: time, endTime: time, metrics });
}

/** The whole run: its summary, its params, and its folder as its artifacts. */
export async function readFolderRun(folder: RunFolder, summary: RunSummary): Promise<Result<Run>> {
  const params = await readParams(folder);
  if (!params.ok) return params;
  return succeed({
    ...summary,
    params: params.value,
    tags: new Map(),
    history: new Map([...summary.metrics].map(([name, point]) => [name, [point]])),
    inputs: [],
    models: [],
    registered: [],
    artifactFolder: folder.path,
  });
}

async function readParams(folder: RunFolder): Promise<Result<ReadonlyMap<string, string>>> {
  const found: { name: string; file: BoundedFile }[] = [];
  for (const name of PARAMS) {
    const read = await readIn(folder, name);
    if (!read.ok) return read;
    if (read.value !== undefined) found.push({ name, file: read.value });
  }
  const [one, other] = found;
  if (one === undefined) return succeed(new Map());
  if (other !== undefined) return said(folder, other.name, `says the params a second time, beside ${one.name}`);
  const parsed = parseDataFile(one.name, one.file.bytes);
  if (parsed.ok && !isJsonObject(parsed.value) && parsed.value !== null) {
    return said(folder, one.name, 'holds no params by name');
  }
  const texts = parsed.ok ? textsIn(parsed.value ?? new Map()) : parsed;
  return texts.ok ? texts : said(folder, one.name, texts.problem.message);
}

function numbersOf(value: Parameters<typeof numbersIn>[0]): Result<Map<string, number>> {
  return isJsonObject(value) ? numbersIn(value) : fail('file-malformed', 'holds no metrics by name');
}

function pointOf(value: number, timestamp: number): MetricPoint {
  return { step: 0, timestamp, value };
}

async function readIn(folder: RunFolder, name: string): Promise<Result<BoundedFile | undefined>> {
  const read = await readBoundedFile(join(folder.path, name), { mostBytes: MOST_BYTES, roots: [folder.path] });
  return read.ok ? read : said(folder, name, read.problem.message);
}

function said(folder: RunFolder, name: string, why: string): Result<never> {
  return fail('run-unreadable', `The run “${folder.id.slice(0, 200)}” is left out: its ${name} ${why}.`);
}

/** When the folder of a run that has no metrics yet was last written; undefined when there is no file in it. */
async function firstSigns(path: string): Promise<number | undefined> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.some((entry) => entry.isFile()) ? Math.floor((await stat(path)).mtimeMs) : undefined;
  } catch {
    return undefined;
  }
}
