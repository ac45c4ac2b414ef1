import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nameMatcher } from '../../../src/base/name-pattern.ts';

const matches = (pattern: string, name: string) => nameMatcher(pattern)(name);

test('stars, question marks and sets match as in a shell', () => {
  assert.ok(matches('*.csv', 'a.csv'));
  assert.ok(matches('a*b*c', 'axxbyybzzc'));
  assert.ok(matches('part-?.csv', 'part-é.csv'));
  assert.ok(matches('[a-c]x', 'bx'));
  assert.ok(matches('[^a-c]x', 'dx'));
  assert.ok(matches('[]x]', ']'));
  assert.ok(matches('a[b', 'a[b'));
  assert.ok(matches('.*', '.hidden'));
  assert.ok(!matches('*', '.hidden'));
  assert.ok(!matches('*.csv', 'a.csvx'));
  assert.ok(!matches('a.c', 'abc'));
});

test('a name matches itself, and a star matches every name', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }).filter((name) => !/[*?[/]/.test(name)),
      (name) => {
        assert.ok(matches(name, name));
        assert.equal(matches('*', name), !name.startsWith('.'));
      },
    ),
  );
});

test('no pattern takes long', { timeout: 2000 }, () => {
  assert.ok(!matches(`${'*a'.repeat(200)}b`, 'a'.repeat(5000)));
});
