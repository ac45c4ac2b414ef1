import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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

test('every guard stops attacks that are there, and no attack has two', () => {
  const stopped = GUARDS.flatMap(({ stops }) => stops);
  const attacks = attackFiles().map((file) => file.slice(0, -'.ts'.length));
  assert.deepEqual(
    stopped.filter((name, index) => !attacks.includes(name) || stopped.indexOf(name) !== index),
    [],
  );
});
