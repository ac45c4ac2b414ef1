import { posix } from 'node:path';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../base/lenient-json.ts';
import { parseDataFile } from './data-file.ts';
import { type DvcFiles, lockBeside, pathInProject } from './dvc-files.ts';
import { DEFAULT_PARAMS, type DvcYaml, type FileProblem, readDvcYaml } from './dvc-yaml.ts';

/** A file or folder whose content DVC keeps outside of git. */
export interface DvcOut {
  /** Relative to the project. */
  readonly path: string;
  /** MD5 of the file, or, ending in `.dir`, of the list of a folder's files. */
  readonly md5: string;
  /** In bytes, of a file or of all files together; undefined where it is not recorded. */
  readonly size: number | undefined;
}

/** What a project's `dvc.yaml`, `dvc.lock` and `*.dvc` say, all together. Paths are relative to the project. */
export interface DvcProject {
  /** The files that this was read from, or would have been. */
  readonly sources: readonly string[];
  /** Files or folders. */
  readonly metrics: readonly string[];
  /** The keys that are tracked in each file (or folder) of params; none for all. */
  readonly params: ReadonlyMap<string, readonly string[]>;
  readonly plots: readonly string[];
  readonly outs: readonly DvcOut[];
  /** Models and other artifacts by their names, as GTO’s tags name them. */
  readonly artifacts: ReadonlyMap<string, string>;
  readonly problems: readonly FileProblem[];
}

/** What DVCLive leaves when nobody names its folder. */
const DVCLIVE = { metrics: 'dvclive/metrics.json', params: 'dvclive/params.yaml', plots: 'dvclive/plots' } as const;
const UNNAMED: readonly string[] = [DEFAULT_PARAMS, DVCLIVE.metrics, DVCLIVE.params];
const MD5 = /^[0-9a-f]{32}(?:\.dir)?$/;

/** Reads the project; files that can't be understood are problems, and the rest still counts. */
export async function readProject(files: DvcFiles): Promise<DvcProject> {
  const sources: string[] = [];
  const problems: FileProblem[] = [];
  const yamls: DvcYaml[] = [];
  const outs: DvcOut[] = [];
  const contentOf = async (file: string): Promise<JsonValue | undefined> => {
    const read = await files.read(file);
    const parsed = read.ok && read.value !== undefined ? parseDataFile('.yaml', read.value) : undefined;
    const problem = read.ok ? (parsed?.ok === false ? parsed.problem : undefined) : read.problem;
    if (problem !== undefined) problems.push({ file, why: problem.message });
    sources.push(file);
    return parsed?.ok ? parsed.value : undefined;
  };
  for (const file of await files.dvcFiles()) {
    const content = await contentOf(file);
    if (!file.endsWith('dvc.yaml')) {
      outs.push(...pointerOuts(file, content, problems));
      continue;
    }
    const yaml = await readDvcYaml(file, content ?? null, files);
    yamls.push(yaml);
    sources.push(...yaml.templateFiles);
    const lock = lockBeside(file);
    outs.push(...lockOuts(lock, await contentOf(lock), yaml, problems));
  }
  problems.push(...yamls.flatMap((yaml) => yaml.problems));
  const metrics = yamls.flatMap((yaml) => yaml.metrics);
  const params = yamls.flatMap((yaml) => yaml.params);
  const plots = yamls.flatMap((yaml) => yaml.plots);
  await addUnnamed(files, metrics, params, plots);
  const names = yamls.flatMap((yaml) => yaml.artifacts.map(({ name, path }) => [name, path] as const));
  return {
    sources: [...new Set([...sources, ...UNNAMED])],
    metrics: [...new Set(metrics)],
    params: mergedParams(params),
    plots: [...new Set(plots)],
    outs,
    artifacts: new Map(names),
    problems,
  };
}

/** DVC reads its default params, and DVCLive writes its folder, also where no `dvc.yaml` names them. */
async function addUnnamed(
  files: DvcFiles,
  metrics: string[],
  params: { file: string; keys: readonly string[] }[],
  plots: string[],
): Promise<void> {
  const exists = async (file: string) => (await files.filesAt(file)).includes(file);
  if (await exists(DEFAULT_PARAMS)) params.push({ file: DEFAULT_PARAMS, keys: [] });
  const isNamed = metrics.some((path) => path === DVCLIVE.metrics || path === 'dvclive');
  if (isNamed || !(await exists(DVCLIVE.metrics))) return;
  metrics.push(DVCLIVE.metrics);
  plots.push(DVCLIVE.plots);
  if (await exists(DVCLIVE.params)) params.push({ file: DVCLIVE.params, keys: [] });
}

function mergedParams(params: DvcYaml['params']): Map<string, readonly string[]> {
  const merged = new Map<string, readonly string[]>();
  for (const { file, keys } of params) {
    const known = merged.get(file);
    const isWhole = keys.length === 0 || known?.length === 0;
    merged.set(file, isWhole ? [] : [...new Set([...(known ?? []), ...keys])]);
  }
  return merged;
}

/** A `*.dvc`: outs relative to its folder. */
function pointerOuts(file: string, content: JsonValue | undefined, problems: FileProblem[]): DvcOut[] {
  if (!isJsonObject(content)) return [];
  const folder = folderOf(file, content.get('wdir'));
  return outsIn(file, folder, content.get('outs'), problems);
}

/** A `dvc.lock`, of schema 2 or, without that level, 1: outs relative to the folder that their stage runs in. */
function lockOuts(file: string, content: JsonValue | undefined, yaml: DvcYaml, problems: FileProblem[]): DvcOut[] {
  if (!isJsonObject(content)) return [];
  const stages = content.has('schema') ? content.get('stages') : content;
  if (!isJsonObject(stages)) return [];
  return [...stages].flatMap(([name, stage]) => {
    const folder = yaml.stageFolders.get(name) ?? folderOf(file, undefined);
    return isJsonObject(stage) ? outsIn(file, folder, stage.get('outs'), problems) : [];
  });
}

function folderOf(file: string, wdir: JsonValue | undefined): string {
  return posix.join(posix.dirname(file), typeof wdir === 'string' ? wdir : '.');
}

function outsIn(file: string, folder: string, outs: JsonValue | undefined, problems: FileProblem[]): DvcOut[] {
  if (!isJsonArray(outs)) return [];
  return outs.filter(isJsonObject).flatMap((out) => {
    const written = out.get('path');
    if (typeof written !== 'string') return [];
    const path = pathInProject(folder, written);
    if (!path.ok) {
      problems.push({ file, why: path.problem.message });
      return [];
    }
    const md5 = out.get('md5');
    return typeof md5 === 'string' && MD5.test(md5) ? [{ path: path.value, md5, size: sizeOf(out) }] : [];
  });
}

function sizeOf(out: JsonObject): number | undefined {
  const size = out.get('size');
  return typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : undefined;
}
