import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../base/lenient-json.ts';
import { parsePlainYaml } from '../../base/plain-yaml.ts';
import { memberOf, textOf } from './ci-values.ts';
import { pipelineFile } from './pipeline-file.ts';

/** A pipeline of GitLab as far as the repository's own files tell. */
export interface GitlabPipeline {
  readonly content: JsonObject;
  /** Files of elsewhere, which may change any job of the same name, and every variable. */
  readonly unread: readonly string[];
}

/** A job with what it takes over from others. */
export interface GitlabJob {
  readonly scripts: readonly string[];
  readonly variables: ReadonlyMap<string, JsonValue>;
  /** What it is made of that stands in no file that was read. */
  readonly unread: readonly string[];
}

/** As many as GitLab itself follows. */
const MOST_LEVELS = 11;
const MOST_FILES = 150;

/** Undefined where there is no such file, or it is no YAML. Included files come first: what includes them prevails. */
export function readGitlabPipeline(folder: string, path: string, seen = new Set<string>()): GitlabPipeline | undefined {
  if (seen.has(path) || seen.size >= MOST_FILES) return { content: new Map(), unread: [] };
  seen.add(path);
  const own = contentOf(pipelineFile(folder, path));
  if (own === undefined) return undefined;
  let content: JsonObject = new Map();
  const unread: string[] = [];
  for (const included of includesOf(own)) {
    const read = included.local === undefined ? undefined : readGitlabPipeline(folder, included.local, seen);
    if (read === undefined) unread.push(included.name);
    content = merged(content, read?.content ?? new Map());
    unread.push(...(read?.unread ?? []));
  }
  return { content: merged(content, own), unread };
}

function contentOf(text: string | undefined): JsonObject | undefined {
  if (text === undefined) return undefined;
  // A header (`spec:`) is a document of its own before the pipeline.
  const [header = '', ...rest] = text
    .split(/^---[ \t]*$/m)
    .filter((part) => part.replace(/^\s*#.*$/gm, '').trim() !== '');
  const read = parsePlainYaml(rest.length === 0 ? header : rest.join('\n'), { aliases: 'shared' });
  return read.ok && isJsonObject(read.value.value) ? read.value.value : undefined;
}

function includesOf(content: JsonObject): readonly { readonly name: string; readonly local?: string }[] {
  return listOf(content.get('include')).map((each) => {
    const local = textOf(typeof each === 'string' ? each : memberOf(each, 'local'));
    // Patterns and variables are GitLab's to resolve; so is what lies on a server.
    if (local !== '' && !/[*$]|^[a-z]+:\/\//i.test(local)) return { name: local, local: local.replace(/^\/+/, '') };
    const named = [local, ...['project', 'remote', 'template', 'component'].map((key) => textOf(memberOf(each, key)))];
    return { name: named.find((name) => name !== '') ?? 'an include' };
  });
}

const NO_JOBS = new Set(
  'default include spec stages variables workflow image services cache before_script after_script'.split(' '),
);

/** The jobs that run: those with a dot before their name are only taken over. */
export function gitlabJobs({ content }: GitlabPipeline): ReadonlyMap<string, GitlabJob> {
  const jobs = [...content].filter(([name, job]) => isJsonObject(job) && !name.startsWith('.') && !NO_JOBS.has(name));
  return new Map(jobs.map(([name, job]) => [name, gitlabJob(job, content)]));
}

function gitlabJob(stated: JsonValue, content: JsonObject): GitlabJob {
  const unread: string[] = [];
  const job = extended(stated, content, unread);
  const inherit = job.get('inherit');
  const defaults = memberOf(inherit, 'default') === false ? undefined : content.get('default');
  const scripts = ['before_script', 'script', 'after_script'].flatMap((key) =>
    textsOf(job.get(key) ?? memberOf(defaults, key) ?? content.get(key), content, unread),
  );
  const globals = inherited(content.get('variables'), memberOf(inherit, 'variables'));
  return { scripts, variables: new Map([...globals, ...entriesOf(job.get('variables'), content, unread)]), unread };
}

/** `inherit: variables`: none, all, or those that are named. */
function inherited(variables: JsonValue | undefined, which: JsonValue | undefined): readonly [string, JsonValue][] {
  if (!isJsonObject(variables) || which === false) return [];
  const named = isJsonArray(which) ? which : undefined;
  return [...variables].filter(([name]) => named === undefined || named.includes(name));
}

function extended(job: JsonValue, content: JsonObject, unread: string[], level = 0): JsonObject {
  if (!isJsonObject(job)) return new Map();
  let base: JsonObject = new Map();
  for (const each of level > MOST_LEVELS ? [] : listOf(job.get('extends'))) {
    const name = textOf(each);
    const parent = content.get(name);
    if (parent === undefined) unread.push(name);
    else base = merged(base, extended(parent, content, unread, level + 1));
  }
  return merged(base, job);
}

/** Maps are merged, everything else is replaced, as `extends` and `include` do. */
function merged(base: JsonObject, over: JsonObject): JsonObject {
  const result = new Map(base);
  for (const [name, value] of over) {
    const before = result.get(name);
    result.set(name, isJsonObject(before) && isJsonObject(value) ? merged(before, value) : value);
  }
  return result;
}

function entriesOf(
  value: JsonValue | undefined,
  content: JsonObject,
  unread: string[],
): readonly [string, JsonValue][] {
  const resolved = referenced(value, content, unread);
  if (!isJsonObject(resolved)) return [];
  return [...resolved].map(([name, each]) => [name, referenced(each, content, unread) ?? null]);
}

function textsOf(value: JsonValue | undefined, content: JsonObject, unread: string[], level = 0): readonly string[] {
  const resolved = level > MOST_LEVELS ? undefined : referenced(value, content, unread);
  if (typeof resolved === 'string') return [resolved];
  return isJsonArray(resolved) ? resolved.flatMap((each) => textsOf(each, content, unread, level + 1)) : [];
}

/** `!reference [job, key, …]`, which is read as a plain list that begins with the name of a job. */
function referenced(value: JsonValue | undefined, content: JsonObject, unread: string[]): JsonValue | undefined {
  if (!isJsonArray(value) || value.length < 2 || !value.every((each) => typeof each === 'string')) return value;
  const [job = '', ...keys] = value.map(textOf);
  const found = keys.reduce<JsonValue | undefined>(memberOf, content.get(job));
  if (found === undefined && job.startsWith('.')) unread.push(job);
  return found ?? value;
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return value === undefined ? [] : isJsonArray(value) ? value : [value];
}
