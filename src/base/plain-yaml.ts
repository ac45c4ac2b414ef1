import { isAlias, isMap, isNode, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { isJsonArray, isJsonObject, type JsonValue } from './lenient-json.ts';
import { fail, type Result, succeed } from './result.ts';

export const LARGEST_YAML_CHARACTERS = 500_000;
const DEEPEST = 64;

/** A YAML text as plain values, and how its scalars are written. */
export interface PlainYaml {
  readonly value: JsonValue;
  /** The scalar's own text at a path of keys and positions, e.g. `0.90` where the value is 0.9. */
  sourceAt(path: readonly (string | number)[]): string | undefined;
}

export interface PlainYamlOptions {
  readonly aliases?: 'refused' | 'shared';
}

const TOO_DEEP = `nests deeper than ${DEEPEST} levels`;

class YamlMistake extends Error {}

/**
 * Reads one YAML document (core schema, so that dates stay texts) as other tools write them: MLflow's `MLmodel`, conda
 * environments, the front matter of model cards. Problems continue "the file …". Refused: what is not YAML, a key that
 * stands twice, more than `LARGEST_YAML_CHARACTERS`, deep nesting, and, unless asked for, aliases: they can stand for
 * far more than the text has. Where they are shared, the same value stands in several places, so whoever walks over it
 * has to bound the walk; a merge key (`<<`) adds the keys that are not there.
 */
export function parsePlainYaml(text: string, { aliases = 'refused' }: PlainYamlOptions = {}): Result<PlainYaml> {
  if (text.length > LARGEST_YAML_CHARACTERS) {
    return fail('yaml-too-large', `has more than ${LARGEST_YAML_CHARACTERS} characters of YAML`);
  }
  if (nestsDeeply(text)) return fail('yaml-malformed', `is not YAML that can be read: it ${TOO_DEEP}`);
  try {
    const document = parseDocument(text, {
      version: '1.2',
      schema: 'core',
      merge: false,
      resolveKnownTags: false,
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
    });
    const [error] = document.errors;
    if (error) return fail('yaml-malformed', `is not YAML: ${error.message.split('\n')[0] ?? ''}`);
    const value = document.contents === null ? null : plain(document.contents, 0, { aliases, anchored: new Map() });
    return succeed({
      value,
      sourceAt(path) {
        const node: unknown = document.getIn(path, true);
        return isScalar(node) ? node.source : undefined;
      },
    });
  } catch (error) {
    const why = error instanceof YamlMistake ? error.message : 'it nests too deeply or is damaged';
    return fail('yaml-malformed', `is not YAML that can be read: ${why}`);
  }
}

/**
 * Brackets that are never closed, or many list marks on one line: the library's time grows with the square of such
 * nesting. Brackets in quoted texts close each other as a rule, so counting them there does no harm.
 */
function nestsDeeply(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    if (depth > 4 * DEEPEST) return true;
  }
  return /(?:[-?][ \t]+){65}/.test(text);
}

interface Anchors {
  readonly aliases: 'refused' | 'shared';
  readonly anchored: Map<string, JsonValue>;
}

function plain(node: Node, depth: number, anchors: Anchors): JsonValue {
  if (depth > DEEPEST) throw new YamlMistake(`it ${TOO_DEEP}`);
  if (isAlias(node)) return aliased(node.source, anchors);
  const value = contentOf(node, depth, anchors);
  if ('anchor' in node && typeof node.anchor === 'string') anchors.anchored.set(node.anchor, value);
  return value;
}

function aliased(name: string, { aliases, anchored }: Anchors): JsonValue {
  if (aliases === 'refused') throw new YamlMistake('it uses an alias (“*”)');
  const value = anchored.get(name);
  // An anchor that is still being read would hold itself.
  if (value === undefined) throw new YamlMistake(`its alias “*${name.slice(0, 60)}” names nothing before it`);
  return value;
}

function contentOf(node: Node, depth: number, anchors: Anchors): JsonValue {
  if (isScalar(node)) return scalar(node.value);
  if (isSeq(node)) return node.items.map((item) => (isNode(item) ? plain(item, depth + 1, anchors) : null));
  if (!isMap(node)) throw new YamlMistake('it holds something unknown');
  const entries = new Map<string, JsonValue>();
  const merged: JsonValue[] = [];
  for (const { key, value } of node.items) {
    if (!isScalar(key)) throw new YamlMistake('it has a key that is not a text');
    const name = String(key.value);
    const content = isNode(value) ? plain(value, depth + 1, anchors) : null;
    if (name === '<<' && anchors.aliases === 'shared') {
      merged.push(...(isJsonArray(content) ? content : [content]));
      continue;
    }
    if (entries.has(name)) throw new YamlMistake(`it has the key “${name.slice(0, 60)}” twice`);
    entries.set(name, content);
  }
  for (const more of merged) {
    if (!isJsonObject(more)) throw new YamlMistake('it merges (“<<”) something that has no keys');
    for (const [name, content] of more) if (!entries.has(name)) entries.set(name, content);
  }
  return entries;
}

function scalar(value: unknown): JsonValue {
  if (typeof value === 'bigint') return Number(value);
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value;
  return String(value);
}
