import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compare } from './agreement.ts';
import type { Reference } from './reference-case.ts';

const RECORDED = new URL('../../fixtures/metrics/scikit-learn.json', import.meta.url);

test('every formula equals the recorded values of scikit-learn', () => {
  const reference = JSON.parse(readFileSync(RECORDED, 'utf8')) as Reference;
  const { disagreements, distances } = compare(reference);
  assert.deepEqual(disagreements, []);
  assert.ok(distances.size > 80, `only ${distances.size} formulas compared`);
});
