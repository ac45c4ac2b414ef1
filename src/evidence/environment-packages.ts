import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonArray, isJsonObject, type JsonValue } from '../base/lenient-json.ts';
import { parsePlainYaml } from '../base/plain-yaml.ts';
import { decodeText, readEvidenceAt } from './evidence-file.ts';
import { relativeToPolicy } from './paths.ts';
import { requirementLines } from './pinned-requirements.ts';

const LARGEST_FILE = 1_000_000;
const REQUIREMENT = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)$/;

/**
 * What a model's environment files ask for, for showing what changed between two: name as pip compares names -> the
 * version as it stands there, empty where any will do. A file that can't be read says nothing here; whether an
 * environment is complete, `readEnvironmentFiles` judges.
 *
 * @param folder absolute
 */
export async function environmentPackages(
  folder: string,
  policyFolder: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const packages = new Map<string, string>();
  const texts = [
    ...condaLines(await textOf(folder, 'conda.yaml', policyFolder, signal)),
    ...pythonLines(await textOf(folder, 'python_env.yaml', policyFolder, signal)),
    ...requirementLines((await textOf(folder, 'requirements.txt', policyFolder, signal)) ?? ''),
  ];
  for (const text of texts) {
    if (text.startsWith('-')) continue;
    const [, name, version] = REQUIREMENT.exec(text) ?? [];
    if (name === undefined || version === undefined) packages.set(text, '');
    else packages.set(name.toLowerCase().replaceAll(/[-_.]+/g, '-'), version.replace(/^={1,3}\s*/, '').trim());
  }
  return packages;
}

async function textOf(
  folder: string,
  name: string,
  policyFolder: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const location = join(folder, name);
  if (!existsSync(location)) return undefined;
  const path = relativeToPolicy(policyFolder, location);
  const read = await readEvidenceAt(location, path, { what: 'The environment', mostBytes: LARGEST_FILE, signal });
  return read.ok ? decodeText(read.value.bytes) : undefined;
}

function condaLines(text: string | undefined): readonly string[] {
  return listIn(text, 'dependencies').flatMap((each) => {
    if (typeof each === 'string') return [each.replace(/^[\w./-]+::/, '')];
    const pip = isJsonObject(each) ? each.get('pip') : undefined;
    return isJsonArray(pip) ? pip.filter((line) => typeof line === 'string') : [];
  });
}

function pythonLines(text: string | undefined): readonly string[] {
  const python = topOf(text)?.get('python');
  const lines = listIn(text, 'dependencies').filter((line) => typeof line === 'string');
  return [
    ...(python === undefined ? [] : [`python==${String(python)}`]),
    ...lines.filter((line) => !line.startsWith('-')),
  ];
}

function listIn(text: string | undefined, key: string): readonly JsonValue[] {
  const list = topOf(text)?.get(key);
  return isJsonArray(list) ? list : [];
}

function topOf(text: string | undefined): ReadonlyMap<string, JsonValue> | undefined {
  const yaml = text === undefined ? undefined : parsePlainYaml(text);
  return yaml?.ok === true && isJsonObject(yaml.value.value) ? yaml.value.value : undefined;
}
