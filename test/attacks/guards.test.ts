import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { GUARDS } from './guards.ts';
import { attackFiles } from './support/load-cases.ts';

const SOURCE = join(import.meta.dirname, '../../src');

test('every guard stands in the source as it is listed', () => {
  for (const { guard, edits } of GUARDS) {
    const texts = new Map<string, string>();
    for (const [file, from, to] of edits) {
      const text = texts.get(file) ?? readFileSync(join(SOURCE, file), 'utf8');
      assert.equal(text.split(from).length - 1, 1, `“${guard}”: src/${file} has, once, ${from}`);
      texts.set(
        file,
        text.replace(from, () => to),
      );
    }
  }
});

test('every attack has one guard that stops it, and every guard stops attacks that are there', () => {
  const stopped = GUARDS.flatMap(({ stops }) => stops);
  const attacks = attackFiles().map((file) => file.slice(0, -'.ts'.length));
  assert.deepEqual(
    stopped.filter((name, index) => !attacks.includes(name) || stopped.indexOf(name) !== index),
    [],
  );
  assert.deepEqual(
    attacks.filter((name) => !stopped.includes(name)),
    [],
  );
});

test('where the attacks are that are no question to verify is a place that exists', () => {
  const named = [...readFileSync(join(import.meta.dirname, 'README.md'), 'utf8').matchAll(/`(test\/[^`]+)`/g)];
  assert.ok(named.length > 0);
  assert.deepEqual(
    named
      .map(([, path = '']) => path.split(' ')[0] ?? '')
      .filter((path) => !path.startsWith('test/bench/') && !existsSync(join(SOURCE, '..', path))),
    [],
  );
});
