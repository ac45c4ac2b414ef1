import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isJsonArray, isJsonObject, type JsonValue } from '../base/lenient-json.ts';
import { parsePlainYaml } from '../base/plain-yaml.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { decodeText, type EvidenceBytes, readEvidenceAt } from './evidence-file.ts';
import { liesInside, relativeToPolicy } from './paths.ts';
import { readDockerfile } from './pinned-dockerfile.ts';
import { isPinned, isPinnedConda, type PinnedFile, readRequirements } from './pinned-requirements.ts';

/** An environment file of a model, and what it leaves open. */
export interface EnvironmentFile extends PinnedFile {
  /** Its name in the folder. */
  readonly name: string;
  readonly file: EvidenceBytes['file'];
}

const READERS: ReadonlyMap<string, (text: string) => Result<PinnedFile>> = new Map([
  ['requirements.txt', (text) => succeed(readRequirements(text))],
  ['conda.yaml', readConda],
  ['python_env.yaml', readPythonEnvironment],
  ['Dockerfile', (text) => succeed(readDockerfile(text))],
]);

/** Names of the files that an environment is read from; more are read only where one of them takes them in. */
export const ENVIRONMENT_FILE_NAMES: readonly string[] = [...READERS.keys()];

const LARGEST_FILE = 1_000_000;
const MOST_FILES = 20;

/**
 * Reads the environment files that MLflow and others put beside a model: `requirements.txt`, `conda.yaml`,
 * `python_env.yaml`, `Dockerfile`, and the requirement files that they take in. A file that is there and can't be
 * read is a problem (a whole sentence): nothing is known of what it leaves open.
 *
 * @param folder absolute
 */
export async function readEnvironmentFiles(
  folder: string,
  policyFolder: string,
  signal: AbortSignal | undefined,
): Promise<Result<readonly EnvironmentFile[]>> {
  const queue = [...READERS.keys()].filter((name) => existsSync(join(folder, name)));
  const found: EnvironmentFile[] = [];
  for (const name of queue) {
    const read = await readOne(folder, name, policyFolder, signal);
    if (!read.ok) return read;
    found.push(read.value);
    for (const include of read.value.includes) {
      const path = join(dirname(name), include);
      if (!queue.includes(path)) queue.push(path);
    }
    if (queue.length > MOST_FILES) return fail('environment-unreadable', 'The environment takes in too many files.');
  }
  return succeed(found);
}

async function readOne(
  folder: string,
  name: string,
  policyFolder: string,
  signal: AbortSignal | undefined,
): Promise<Result<EnvironmentFile>> {
  const location = join(folder, name);
  if (name.startsWith('..') || name.startsWith('/') || !existsSync(location) || !liesInside(folder, location)) {
    return fail(
      'environment-unreadable',
      `The environment takes in “${name.slice(0, 80)}”, which is not among the model’s files.`,
    );
  }
  const path = relativeToPolicy(policyFolder, location);
  const read = await readEvidenceAt(location, path, { what: 'The environment', mostBytes: LARGEST_FILE, signal });
  if (!read.ok) return read;
  const text = decodeText(read.value.bytes);
  if (text === undefined) return fail('environment-unreadable', `The environment “${path}” is not UTF-8 text.`);
  const pinned = (READERS.get(name) ?? ((each: string) => succeed(readRequirements(each))))(text);
  if (!pinned.ok) return fail('environment-unreadable', `The environment “${path}” ${pinned.problem.message}.`);
  return succeed({ ...pinned.value, name, file: read.value.file });
}

/** A conda environment: its own dependencies, and pip's below `- pip:`. */
function readConda(text: string): Result<PinnedFile> {
  const yaml = parsePlainYaml(text);
  if (!yaml.ok) return yaml;
  const dependencies = listAt(yaml.value.value, 'dependencies');
  if (dependencies === undefined) return fail('environment-unreadable', 'has no list of dependencies');
  const open: string[] = [];
  const includes: string[] = [];
  let packages = 0;
  for (const each of dependencies) {
    if (typeof each === 'string') {
      packages += 1;
      if (!isPinnedConda(each)) open.push(each);
      continue;
    }
    const pip = listAt(each, 'pip')?.filter((line) => typeof line === 'string');
    if (pip === undefined) return fail('environment-unreadable', 'has a dependency that can’t be understood');
    const below = readRequirements(pip.join('\n'));
    packages += below.packages;
    open.push(...below.open);
    includes.push(...below.includes);
  }
  return succeed({ packages, open, includes });
}

/** MLflow's `python_env.yaml`: the version of Python, and requirements. Build dependencies only install the others. */
function readPythonEnvironment(text: string): Result<PinnedFile> {
  const yaml = parsePlainYaml(text);
  if (!yaml.ok) return yaml;
  const top = yaml.value.value;
  const python = isJsonObject(top) ? top.get('python') : undefined;
  const lines = (listAt(top, 'dependencies') ?? []).filter((line) => typeof line === 'string');
  const below = readRequirements(lines.join('\n'));
  const version = typeof python === 'string' ? python : `${String(python ?? 'no version')}`;
  const isExact = isPinned(`python==${version}`) && /^\d+\.\d+\.\d+/.test(version);
  return succeed({
    packages: below.packages + 1,
    open: [...(isExact ? [] : [`python ${version}`]), ...below.open],
    includes: below.includes,
  });
}

function listAt(value: JsonValue | undefined, key: string): readonly JsonValue[] | undefined {
  const list = isJsonObject(value) ? value.get(key) : undefined;
  return isJsonArray(list) ? list : undefined;
}
