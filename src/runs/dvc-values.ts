import { isJsonArray, isJsonObject, type JsonValue } from '../base/lenient-json.ts';
import type { Result } from '../base/result.ts';
import { parseDataFile } from './data-file.ts';
import type { DvcFiles } from './dvc-files.ts';
import type { DvcProject } from './dvc-project.ts';
import { valueAt } from './dvc-template.ts';
import type { FileProblem } from './dvc-yaml.ts';
import { flattenValues, textOfValue } from './nested-values.ts';

/** One file of metrics: where each of its numbers has its name among all. */
export interface MetricsFile {
  readonly file: string;
  /** Numbers by their own name in the file. */
  readonly own: ReadonlyMap<string, number>;
  /** The name of a number of this file, among those of all files. */
  readonly nameOf: (own: string) => string;
}

export interface DvcValues {
  readonly metrics: ReadonlyMap<string, number>;
  readonly metricsFiles: readonly MetricsFile[];
  readonly params: ReadonlyMap<string, string>;
  readonly problems: readonly FileProblem[];
}

/**
 * The metrics and params of a project. Nested keys are joined with “.”, as `dvc metrics show` does. A key of the first
 * level that stands in several files is told apart as DVC's API tells it: `file:key`. Only numbers are metrics.
 */
export async function readValues(project: DvcProject, files: DvcFiles): Promise<DvcValues> {
  const problems: FileProblem[] = [];
  const metrics = await readAll(project.metrics, files, problems);
  const params = await readAll([...project.params.keys()], files, problems);
  for (const [file, { root, content }] of params)
    params.set(file, { root, content: tracked(content, project.params.get(root) ?? []) });

  const numbers = flattened(metrics, problems, (value) => value !== null && !isJsonArray(value));
  const metricNames = namer(metrics, numbers);
  const metricsFiles = [...numbers].map(([file, leaves]) => ({
    file,
    own: new Map([...leaves].flatMap(([name, leaf]) => (typeof leaf === 'number' ? [[name, leaf] as const] : []))),
    nameOf: (own: string) => metricNames(file, own),
  }));
  const texts = flattened(params, problems, () => true);
  const paramNames = namer(params, texts);
  const named = <Leaf>(file: string, leaves: ReadonlyMap<string, Leaf>, names: Namer) =>
    [...leaves].map(([own, value]) => ({ file, name: names(file, own), value }));
  return {
    metrics: onlyOnce(
      metricsFiles.flatMap(({ file, own }) => named(file, own, metricNames)),
      problems,
    ),
    metricsFiles,
    params: onlyOnce(
      [...texts].flatMap(([file, leaves]) => named(file, textsOf(leaves), paramNames)),
      problems,
    ),
    problems,
  };
}

interface Content {
  /** The file or folder that the project names. */
  readonly root: string;
  readonly content: JsonValue;
}

async function readAll(
  roots: readonly string[],
  files: DvcFiles,
  problems: FileProblem[],
): Promise<Map<string, Content>> {
  const contents = new Map<string, Content>();
  for (const root of roots) {
    const found = await files.filesAt(root);
    if (found.length === 0)
      problems.push({ file: root, why: 'is not here; if DVC keeps it elsewhere, run `dvc pull`' });
    for (const file of found) {
      if (contents.has(file)) continue;
      const parsed = await parsedAt(file, files);
      if (!parsed.ok) problems.push({ file, why: parsed.problem.message });
      else if (parsed.value !== undefined) contents.set(file, { root, content: parsed.value });
    }
  }
  return contents;
}

async function parsedAt(file: string, files: DvcFiles): Promise<Result<JsonValue | undefined>> {
  const read = await files.read(file);
  if (!read.ok || read.value === undefined) return read as Result<undefined>;
  return parseDataFile(file, read.value);
}

/** Only the keys that stages track, where they don't track the whole file. */
function tracked(content: JsonValue, keys: readonly string[]): JsonValue {
  if (keys.length === 0 || !isJsonObject(content)) return content;
  const kept = new Map<string, JsonValue>();
  for (const key of keys) {
    const value = valueAt(key, content);
    if (value !== undefined) putAt(kept, key.split('.'), value);
  }
  return kept;
}

function putAt(into: Map<string, JsonValue>, [key = '', ...rest]: readonly string[], value: JsonValue): void {
  if (rest.length === 0) {
    into.set(key, value);
    return;
  }
  const known = into.get(key);
  const inner = new Map(isJsonObject(known) ? known : []);
  putAt(inner, rest, value);
  into.set(key, inner);
}

type Leaves = ReadonlyMap<string, JsonValue>;

/** The values that count, by their names in each file. */
function flattened(
  contents: ReadonlyMap<string, Content>,
  problems: FileProblem[],
  counts: (value: JsonValue) => boolean,
): Map<string, Leaves> {
  const files = new Map<string, Leaves>();
  for (const [file, { content }] of contents) {
    const leaves = flattenValues(content);
    if (!leaves.ok) problems.push({ file, why: leaves.problem.message });
    else files.set(file, new Map([...leaves.value].filter(([, value]) => counts(value))));
  }
  return files;
}

/** A name that two files give all the same is nobody’s: which of the values is meant can’t be told. */
function onlyOnce<Value>(
  all: readonly { readonly file: string; readonly name: string; readonly value: Value }[],
  problems: FileProblem[],
): Map<string, Value> {
  const values = new Map<string, Value>();
  const twice = new Set<string>();
  for (const { file, name, value } of all) {
    if (values.has(name)) {
      twice.add(name);
      problems.push({
        file,
        why: `has a value “${name.slice(0, 100)}” that another file has, too, so neither is read`,
      });
    }
    values.set(name, value);
  }
  for (const name of twice) values.delete(name);
  return values;
}

function textsOf(leaves: Leaves): Map<string, string> {
  return new Map([...leaves].map(([name, value]) => [name, textOfValue(value)]));
}

type Namer = (file: string, own: string) => string;

/** Tells keys of the first level apart where several files have them. A file that holds one value gives it its path. */
function namer(contents: ReadonlyMap<string, Content>, leaves: ReadonlyMap<string, Leaves>): Namer {
  const counts = new Map<string, number>();
  for (const [file, values] of leaves) {
    const first = new Set([...values.keys()].map((own) => firstKeyOf(own, contents.get(file)?.content)));
    for (const key of first) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return (file, own) => {
    const content = contents.get(file)?.content;
    if (!isJsonObject(content)) return file;
    return (counts.get(firstKeyOf(own, content)) ?? 0) > 1 ? `${file}:${own}` : own;
  };
}

/** Keys may have points in them, so the first key is the one that the file has. */
function firstKeyOf(own: string, content: JsonValue | undefined): string {
  for (let end = own.indexOf('.'); end >= 0; end = own.indexOf('.', end + 1)) {
    const key = own.slice(0, end);
    if (isJsonObject(content) && content.has(key)) return key;
  }
  return own;
}
