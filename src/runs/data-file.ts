import { parse as parseToml, TomlError } from 'smol-toml';
import { type JsonValue, parseLenientJson } from '../base/lenient-json.ts';
import { parsePlainYaml } from '../base/plain-yaml.ts';
import { fail, type Result, succeed } from '../base/result.ts';

const DEEPEST_TOML = 64;

/**
 * What a file of metrics or params holds, by the ending of its name: `.json` (as Python writes it, with NaN), `.toml`,
 * and YAML for anything else, as DVC does. Params in Python's language would have to be run: they are not read.
 * Problems continue "the file …".
 */
export function parseDataFile(path: string, bytes: Uint8Array): Result<JsonValue> {
  if (path.endsWith('.py')) return fail('file-unreadable', 'is a program in Python, which is not run to read params');
  const text = textOf(bytes);
  if (text === undefined) return fail('file-malformed', 'is not UTF-8 text');
  if (path.endsWith('.json')) return parseLenientJson(text);
  if (path.endsWith('.toml')) return tomlOf(text);
  const yaml = parsePlainYaml(text, { aliases: 'shared' });
  return yaml.ok ? succeed(yaml.value.value) : yaml;
}

export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function tomlOf(text: string): Result<JsonValue> {
  try {
    return succeed(plain(parseToml(text, { maxDepth: DEEPEST_TOML }), 0));
  } catch (error) {
    if (error instanceof TomlError) {
      const why = error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '') ?? '';
      return fail('file-malformed', `is not TOML: ${why} (line ${error.line})`);
    }
    return fail('file-malformed', 'is not TOML that can be read: it nests too deeply or is damaged');
  }
}

/** Dates and times have no type of their own among metrics and params: they stay texts. */
function plain(value: unknown, depth: number): JsonValue {
  if (depth > DEEPEST_TOML) throw new RangeError('too deep');
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return null;
  return new Map(Object.entries(value).map(([key, inner]) => [key, plain(inner, depth + 1)]));
}
