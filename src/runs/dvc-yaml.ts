import { posix } from 'node:path';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../base/lenient-json.ts';
import { parseDataFile } from './data-file.ts';
import { type DvcFiles, pathInProject } from './dvc-files.ts';
import { copiesOf, fillIn, type TemplateValues, valueAt } from './dvc-template.ts';

/** DVC's default file of params, and of the values of templates. */
export const DEFAULT_PARAMS = 'params.yaml';

/** What is wrong with a file; `why` continues "the file …". */
export interface FileProblem {
  readonly file: string;
  readonly why: string;
}

/** What a `dvc.yaml` says. Paths are relative to the project. */
export interface DvcYaml {
  readonly metrics: readonly string[];
  readonly plots: readonly string[];
  /** The keys that a stage tracks in a file of params; none for all. */
  readonly params: readonly { readonly file: string; readonly keys: readonly string[] }[];
  readonly artifacts: readonly { readonly name: string; readonly path: string }[];
  /** The folder that each stage runs in, by the stage's name in `dvc.lock`. */
  readonly stageFolders: ReadonlyMap<string, string>;
  /** Files that templates took their values from. */
  readonly templateFiles: readonly string[];
  readonly problems: readonly FileProblem[];
}

/** Reads what a `dvc.yaml` says; what can't be understood is a problem, and the rest still counts. */
export async function readDvcYaml(file: string, content: JsonValue, files: DvcFiles): Promise<DvcYaml> {
  const folder = posix.dirname(file) === '.' ? '' : posix.dirname(file);
  const found = {
    metrics: [] as string[],
    plots: [] as string[],
    params: [] as { file: string; keys: string[] }[],
    artifacts: [] as { name: string; path: string }[],
    stageFolders: new Map<string, string>(),
    templateFiles: [] as string[],
    problems: [] as FileProblem[],
  };
  if (!isJsonObject(content)) {
    if (content !== null) found.problems.push({ file, why: 'holds no stages, metrics or params by name' });
    return found;
  }
  const values = await templateValues(folder, content, files, found.templateFiles);
  const complain = (why: string) => found.problems.push({ file, why });
  const resolve = (written: string, from: string, known: TemplateValues): string | undefined => {
    const filled = fillIn(written, known);
    if (filled === undefined) {
      complain(`names “${written.slice(0, 100)}”, whose value is not in its vars or params`);
      return undefined;
    }
    const path = pathInProject(from, filled);
    if (!path.ok) complain(path.problem.message);
    return path.ok ? path.value : undefined;
  };
  const addPaths = (list: JsonValue | undefined, from: string, known: TemplateValues, into: string[]) => {
    for (const written of namesIn(list)) {
      const path = resolve(written, from, known);
      if (path !== undefined) into.push(path);
    }
  };

  addPaths(content.get('metrics'), folder, values, found.metrics);
  addPaths(content.get('plots'), folder, values, found.plots);
  for (const written of namesIn(content.get('params'))) {
    const path = resolve(written, folder, values);
    if (path !== undefined) found.params.push({ file: path, keys: [] });
  }
  for (const [name, artifact] of entriesOf(content.get('artifacts'))) {
    const written = isJsonObject(artifact) ? artifact.get('path') : undefined;
    const path = typeof written === 'string' ? resolve(written, folder, values) : undefined;
    if (path !== undefined) found.artifacts.push({ name: folder === '' ? name : `${folder}:${name}`, path });
  }
  for (const [name, definition] of entriesOf(content.get('stages'))) {
    const copies = isJsonObject(definition) ? copiesOf(definition, values) : undefined;
    if (copies === undefined) complain(`has a stage “${name.slice(0, 100)}” that can’t be understood`);
    for (const { stage, values: known, suffix } of copies ?? []) {
      const place = stage.get('wdir');
      const stageFolder = typeof place === 'string' ? resolve(place, folder, known) : folder;
      if (stageFolder === undefined) continue;
      found.stageFolders.set(`${name}${suffix}`, stageFolder);
      addPaths(stage.get('metrics'), stageFolder, known, found.metrics);
      addPaths(stage.get('plots'), stageFolder, known, found.plots);
      for (const { written, keys } of stageParams(stage.get('params'))) {
        const path = resolve(written, stageFolder, known);
        const filled = keys.flatMap((key) => fillIn(key, known) ?? []);
        if (path !== undefined && filled.length === keys.length) found.params.push({ file: path, keys: filled });
      }
    }
  }
  return found;
}

/** Elements of a list that are names, or maps of a name to its options. */
function namesIn(list: JsonValue | undefined): string[] {
  if (!isJsonArray(list)) return isJsonObject(list) ? [...list.keys()] : [];
  return list.flatMap((item) => (typeof item === 'string' ? [item] : isJsonObject(item) ? [...item.keys()] : []));
}

function entriesOf(value: JsonValue | undefined): [string, JsonValue][] {
  return isJsonObject(value) ? [...value] : [];
}

/** A stage’s `params`: keys of the default file, or maps of a file to its keys (none for all of them). */
function stageParams(list: JsonValue | undefined): { written: string; keys: string[] }[] {
  if (!isJsonArray(list)) return [];
  const ownKeys = list.filter((item) => typeof item === 'string');
  const others = list.flatMap((item) => entriesOf(item)).map(([written, keys]) => ({ written, keys: textsIn(keys) }));
  return ownKeys.length === 0 ? others : [{ written: DEFAULT_PARAMS, keys: ownKeys }, ...others];
}

function textsIn(value: JsonValue): string[] {
  return isJsonArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The default params beside the `dvc.yaml`, and its `vars`: values, files, and keys of files (`file:a,b`). */
async function templateValues(
  folder: string,
  content: JsonObject,
  files: DvcFiles,
  readFrom: string[],
): Promise<TemplateValues> {
  const values = new Map<string, JsonValue>();
  const vars = content.get('vars');
  for (const source of [DEFAULT_PARAMS, ...(isJsonArray(vars) ? vars : [])]) {
    if (isJsonObject(source)) addValues(values, source);
    if (typeof source !== 'string') continue;
    const [written = '', keys] = source.split(':', 2);
    const path = pathInProject(folder, written);
    const read = path.ok ? await files.read(path.value) : path;
    if (path.ok) readFrom.push(path.value);
    if (!read.ok || read.value === undefined) continue;
    const parsed = parseDataFile(written, read.value);
    if (!parsed.ok || !isJsonObject(parsed.value)) continue;
    addValues(values, keys === undefined ? parsed.value : only(parsed.value, keys.split(',')));
  }
  return values;
}

function only(values: JsonObject, keys: readonly string[]): JsonObject {
  return new Map(
    keys.flatMap((key) => {
      const value = valueAt(key, values);
      return value === undefined || key.includes('.') ? [] : [[key, value] as const];
    }),
  );
}

/** Later values add to earlier ones, key by key, as DVC merges them. */
function addValues(values: Map<string, JsonValue>, more: JsonObject): void {
  for (const [key, value] of more) {
    const known = values.get(key);
    if (isJsonObject(known) && isJsonObject(value)) {
      const merged = new Map(known);
      addValues(merged, value);
      values.set(key, merged);
    } else {
      values.set(key, value);
    }
  }
}
