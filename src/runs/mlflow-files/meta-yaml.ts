import { isMap, isScalar, parseDocument } from 'yaml';
import { type Result, succeed } from '../../base/result.ts';
import { readStoreFile, type StorePath, textOf, unreadable, unreadableLine } from './store-files.ts';

const MOST_META_BYTES = 1024 * 1024;
/** More than any `meta.yaml` has; deeper nesting costs the library a time that grows with its square. */
const MOST_BRACKETS = 100;

/**
 * What a `meta.yaml` says: the text of each plain value as it stands (undefined for null), of maps the texts below
 * them. Numbers stay texts, since it depends on the key whether `0123` or `1e10` is meant as one: PyYAML writes ids
 * such as `12e45` without quotes, which other readers take for numbers.
 */
export type Meta = ReadonlyMap<string, string | undefined | ReadonlyMap<string, string | undefined>>;

export interface MetaMistake {
  /** Counted from 1. */
  readonly line: number;
  readonly what: string;
}

/** Lines that mean the same in every version of YAML; PyYAML writes nearly all descriptions like this. */
const EASY_LINES = /^(?:[a-z_]+: (?:[A-Za-z0-9/][\w/.+=%@-]*(?:[ :][\w/.+=%@-]+)*|'[^'\\\n]*'|\[\]|\{\})\n)+$/;
/** Most descriptions have a few hundred characters. */
const MOST_EASY_LENGTH = 8192;
const NULL = /^(?:null|Null|NULL|~|)$/;

/** Reads a `meta.yaml`; undefined when there is none. A problem names the line. */
export function readMetaFile(path: StorePath): Result<Meta | undefined> {
  const bytes = readStoreFile(path, MOST_META_BYTES);
  if (!bytes.ok || bytes.value === undefined) return bytes.ok ? succeed(undefined) : bytes;
  const text = textOf(bytes.value);
  if (text === undefined) return unreadable(path, 'is not a text');
  const meta = parseMeta(text);
  return 'what' in meta ? unreadableLine(path, meta.line, meta.what) : succeed(meta);
}

/** The fast way where every line is an easy one, else the library's. */
export function parseMeta(text: string): Meta | MetaMistake {
  return parseEasyMeta(text) ?? parseAnyMeta(text);
}

/** Reads flat `key: value` lines; undefined where a line is anything else. */
export function parseEasyMeta(text: string): Meta | undefined {
  if (text.length > MOST_EASY_LENGTH || !EASY_LINES.test(text)) return undefined;
  const meta = new Map<string, string | undefined>();
  for (let start = 0; start < text.length; ) {
    const colon = text.indexOf(':', start);
    const end = text.indexOf('\n', colon);
    const key = text.slice(start, colon);
    if (meta.has(key)) return undefined;
    meta.set(key, easyValue(text.slice(colon + 2, end)));
    start = end + 1;
  }
  return meta;
}

function easyValue(value: string): string | undefined {
  if (value.startsWith("'")) return value.slice(1, -1);
  return value === '[]' || value === '{}' ? undefined : plainOf(value);
}

/** Reads any YAML mapping of plain values, maps of plain values, and lists (which count as undefined). */
export function parseAnyMeta(text: string): Meta | MetaMistake {
  if ((text.match(/[[{]/g)?.length ?? 0) > MOST_BRACKETS || /(?:[-?][ \t]+){20}/.test(text)) {
    return { line: 1, what: 'nests deeper than a run’s description does' };
  }
  try {
    const document = parseDocument(text, {
      version: '1.2',
      schema: 'failsafe',
      merge: false,
      resolveKnownTags: false,
      logLevel: 'silent',
      prettyErrors: false,
    });
    const [error] = document.errors;
    if (error) return { line: lineAt(text, error.pos[0]), what: 'is not YAML' };
    if (!isMap(document.contents)) return { line: 1, what: 'is not a list of keys and values' };
    const meta = new Map<string, string | undefined | ReadonlyMap<string, string | undefined>>();
    for (const { key, value } of document.contents.items) {
      if (!isScalar(key)) return { line: 1, what: 'has a key that is not a text' };
      meta.set(String(key.value), isMap(value) ? textsBelow(value) : textOfScalar(value));
    }
    return meta;
  } catch {
    return { line: 1, what: 'is not YAML that can be read' };
  }
}

/** The text of a plain value; undefined where it is null, missing or not plain. */
export function metaText(meta: Meta, key: string): string | undefined {
  const value = meta.get(key);
  return typeof value === 'string' ? value : undefined;
}

function textsBelow(map: { readonly items: readonly { key: unknown; value: unknown }[] }) {
  return new Map(
    map.items.flatMap(({ key, value }) => (isScalar(key) ? [[String(key.value), textOfScalar(value)]] : [])),
  );
}

function textOfScalar(node: unknown): string | undefined {
  if (!isScalar(node)) return undefined;
  const text = String(node.value ?? '');
  return node.type === 'PLAIN' ? plainOf(text) : text;
}

function plainOf(text: string): string | undefined {
  return NULL.test(text) ? undefined : text;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
