import { sha256Hex } from '../../base/hashing.ts';
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  jsonText,
  parseLenientJson,
} from '../../base/lenient-json.ts';
import { fail, type Result, succeed } from '../../base/result.ts';
import { decodeText } from '../evidence-file.ts';

/** The hashes that OpenSSF Model Signing names, with their lengths in hexadecimal digits. */
const HASHES = { sha256: 64, blake2b: 128, blake3: 64 } as const;
export type SignedHash = keyof typeof HASHES;

/** What a bundle says was signed. */
export interface SignedManifest {
  readonly hash: SignedHash;
  /** Digests by name: of a whole file, or of a piece, `weights.bin:0:1000`. */
  readonly digests: ReadonlyMap<string, string>;
  /** Bytes of a piece; undefined where whole files were hashed. */
  readonly shardSize: number | undefined;
  /** What the signer left out. Whoever signs chooses it, so that it allows nothing by itself. */
  readonly ignored: readonly string[];
}

const STATEMENT = 'https://in-toto.io/Statement/v1';
const PREDICATE = 'https://model_signing/signature/v1.0';
const MOST_RESOURCES = 1_000_000;
/** How versions before 1.0.1 call the only file of a model. */
export const LONE_FILE = '.';

/**
 * Reads the statement of OpenSSF Model Signing 1.0 (spec/v1.0.md §5). Refused: another predicate, names that leave the
 * model’s folder or stand twice, digests of another length than the hash’s, a root digest that is not that of the list.
 */
export function readSignedManifest(payload: Uint8Array): Result<SignedManifest> {
  const document = parseLenientJson(decodeText(payload) ?? '');
  const statement = document.ok && isJsonObject(document.value) ? document.value : undefined;
  if (statement === undefined) return malformed('signs something that is no JSON object');
  if (jsonText(statement, '_type') !== STATEMENT) return malformed('does not sign an in-toto statement of version 1');
  if (jsonText(statement, 'predicateType') !== PREDICATE) {
    return malformed(`signs a statement of another kind than ${PREDICATE}`);
  }
  const predicate = objectAt(statement, 'predicate');
  const serialization = objectAt(predicate, 'serialization');
  const resources = predicate?.get('resources');
  if (serialization === undefined || !isJsonArray(resources) || resources.length === 0) {
    return malformed('does not list the files that were signed, or how');
  }
  if (resources.length > MOST_RESOURCES) return malformed(`lists more than ${MOST_RESOURCES} files`);
  const hash = jsonText(serialization, 'hash_type');
  if (!isHash(hash)) return malformed('names a hash that OpenSSF Model Signing does not have');
  const shards = shardSizeOf(serialization);
  if (!shards.ok) return shards;
  const digests = digestsOf(resources, hash, shards.value);
  if (!digests.ok) return digests;
  const root = sha256Hex(Buffer.from([...digests.value.values()].join(''), 'hex'));
  if (rootOf(statement) !== root)
    return malformed('contradicts itself: its root digest is not that of the files it lists');
  return succeed({
    hash,
    digests: digests.value,
    shardSize: shards.value,
    ignored: textsAt(serialization, 'ignore_paths'),
  });
}

function shardSizeOf(serialization: JsonObject): Result<number | undefined> {
  const size = serialization.get('shard_size');
  switch (jsonText(serialization, 'method')) {
    case 'files':
      return succeed(undefined);
    case 'shards':
      return typeof size === 'number' && Number.isSafeInteger(size) && size > 0
        ? succeed(size)
        : malformed('cuts files into pieces without saying of what size');
    default:
      return malformed('reads files by a method that is not known');
  }
}

function digestsOf(
  resources: readonly JsonValue[],
  hash: SignedHash,
  shardSize: number | undefined,
): Result<Map<string, string>> {
  // The specification says the hash alone; its own tool writes the size of the pieces behind it.
  const algorithms = [hash, ...(shardSize === undefined ? [] : [`${hash}-sharded-${shardSize}`])];
  const digests = new Map<string, string>();
  for (const resource of resources) {
    const object = isJsonObject(resource) ? resource : undefined;
    const name = jsonText(object, 'name');
    const digest = jsonText(object, 'digest') ?? '';
    if (name === undefined || !(isPlainPath(name) || (name === LONE_FILE && resources.length === 1))) {
      return malformed('lists a file by a name that is no plain relative path');
    }
    if (
      !algorithms.includes(jsonText(object, 'algorithm') ?? '') ||
      digest.length !== HASHES[hash] ||
      !/^[0-9a-f]+$/.test(digest)
    ) {
      return malformed(`has no ${hash} digest for “${name.slice(0, 120)}”`);
    }
    if (digests.has(name)) return malformed(`lists “${name.slice(0, 120)}” twice`);
    digests.set(name, digest);
  }
  return succeed(digests);
}

/** Relative, with `/`, without `.`, `..` or empty parts. */
function isPlainPath(name: string): boolean {
  return !name.includes('\0') && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function rootOf(statement: JsonObject): string | undefined {
  const subjects = statement.get('subject');
  if (!isJsonArray(subjects) || subjects.length !== 1) return undefined;
  const [subject] = subjects;
  return jsonText(objectAt(isJsonObject(subject) ? subject : undefined, 'digest'), 'sha256');
}

function textsAt(object: JsonObject, key: string): string[] {
  const list = object.get(key);
  return isJsonArray(list) ? list.filter((item) => typeof item === 'string') : [];
}

function objectAt(object: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = object?.get(key);
  return isJsonObject(value) ? value : undefined;
}

function isHash(name: string | undefined): name is SignedHash {
  return name !== undefined && Object.hasOwn(HASHES, name);
}

function malformed(what: string): Result<never> {
  return fail('bundle-malformed', what);
}
