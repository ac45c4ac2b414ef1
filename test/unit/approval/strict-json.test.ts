import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseStrictJson } from '../../../src/approval/strict-json.ts';

const CORPUS = join(import.meta.dirname, '../../../../shared/corpora/json/test_parsing');
const LIMITS = { maxBytes: 1024 * 1024 };
/** Valid JSON that we refuse on purpose: the second of two equal keys would win silently. */
const REFUSED_ON_PURPOSE = ['y_object_duplicated_key.json', 'y_object_duplicated_key_and_value.json'];

function read(text: string | Uint8Array) {
  return parseStrictJson(typeof text === 'string' ? Buffer.from(text) : text, LIMITS);
}

test('JSONTestSuite: valid texts give what JSON.parse gives, invalid ones are refused', (context) => {
  if (!existsSync(CORPUS)) return context.skip('the corpus ../shared/corpora/json is not here');
  for (const name of readdirSync(CORPUS)) {
    const bytes = readFileSync(join(CORPUS, name));
    const result = read(bytes);
    if (name.startsWith('n_') || REFUSED_ON_PURPOSE.includes(name)) assert.equal(result.ok, false, name);
    if (name.startsWith('y_') && !REFUSED_ON_PURPOSE.includes(name)) {
      assert.ok(result.ok, name);
      assert.equal(JSON.stringify(result.value), JSON.stringify(JSON.parse(bytes.toString('utf8'))), name);
    }
  }
});

const REFUSED: readonly (readonly [string, string | Uint8Array])[] = [
  ['a byte-order mark', '\ufeff{}'],
  ['invalid UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ['an overlong encoding', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
  ['a lone surrogate by escape', '"\\ud800"'],
  ['surrogates in the wrong order', '"\\udc00\\ud800"'],
  ['a duplicate key', '{"a":1,"a":1}'],
  ['a duplicate key by escape', '{"a":1,"\\u0061":2}'],
  ['__proto__', '{"__proto__":1}'],
  ['__proto__ by escape', '{"\\u005f_proto__":1}'],
  ['a number that becomes infinite', '1e400'],
  ['an integer beyond 2^53', '9007199254740993'],
  ['NaN', 'NaN'],
  ['65 levels', '['.repeat(65) + ']'.repeat(65)],
  ['100,000 levels', '['.repeat(100_000)],
  ['trailing text', '{} {}'],
  ['nothing', ''],
];

for (const [name, text] of REFUSED) {
  test(`refuses ${name}`, () => assert.equal(read(text).ok, false));
}

test('reads 63 levels, an astral character, and a key that every object inherits', () => {
  assert.ok(read('['.repeat(63) + ']'.repeat(63)).ok);
  const result = read('{"toString":"\\ud83d\\ude00","hasOwnProperty":-0.5e-3}');
  assert.ok(result.ok);
  assert.equal(Object.getPrototypeOf(result.value), null);
  assert.equal(JSON.stringify(result.value), '{"toString":"😀","hasOwnProperty":-0.0005}');
});

test('refuses what is larger than allowed, before it is read', () => {
  assert.equal(parseStrictJson(Buffer.from('"aaaa"'), { maxBytes: 5 }).ok, false);
});
