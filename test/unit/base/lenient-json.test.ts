import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type JsonValue, jsonNumber, parseLenientJson } from '../../../src/base/lenient-json.ts';

/** Maps as objects, to compare with JSON.parse. */
function plain(value: JsonValue): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, each]) => [key, plain(each)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

test('what JSON.parse reads, it reads alike', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      const read = parseLenientJson(text);
      assert.ok(read.ok);
      assert.deepEqual(JSON.parse(JSON.stringify(plain(read.value))), JSON.parse(text));
    }),
    { numRuns: 500 },
  );
});

test('what JSON.parse refuses, it refuses, but for Python’s words and the byte-order mark', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      let strict = true;
      try {
        JSON.parse(text);
      } catch {
        strict = false;
      }
      if (!strict && !/NaN|Infinity|\ufeff/.test(text)) assert.ok(!parseLenientJson(text).ok);
    }),
    { numRuns: 2000 },
  );
});

test('Python’s NaN and infinities are read as numbers that are not finite', () => {
  const read = parseLenientJson('\ufeff{"a": NaN, "b": [Infinity, -Infinity], "c": 1e999}');
  assert.ok(read.ok);
  assert.deepEqual(plain(read.value), {
    a: Number.NaN,
    b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    c: Number.POSITIVE_INFINITY,
  });
});

test('a key that stands twice is refused, since readers differ on which one counts', () => {
  const read = parseLenientJson('{"success": false, "success": true}');
  assert.ok(!read.ok);
  assert.match(read.problem.message, /“success” twice/);
});

test('names of JavaScript’s own are keys like any other', () => {
  const read = parseLenientJson('{"__proto__": {"success": true}, "constructor": 1}');
  assert.ok(read.ok && read.value instanceof Map);
  assert.equal(read.value.get('success'), undefined);
  assert.equal(read.value.size, 2);
});

test('nesting is bounded, and a hundred thousand brackets don’t break the stack', () => {
  for (const open of ['[', '{"a":']) {
    const read = parseLenientJson(open.repeat(100_000));
    assert.ok(!read.ok);
    assert.match(read.problem.message, /nests deeper/);
  }
});

test('numbers may be written as texts, and nothing else is taken for one', () => {
  assert.equal(jsonNumber('0.85'), 0.85);
  assert.equal(jsonNumber(' -1e-3 '), -0.001);
  assert.ok(Number.isNaN(jsonNumber('NaN')));
  assert.equal(jsonNumber('-Infinity'), Number.NEGATIVE_INFINITY);
  for (const text of ['', ' ', '0.9 (95 %)', '1,5', '0x10', 'one', null, true])
    assert.equal(jsonNumber(text), undefined);
});
