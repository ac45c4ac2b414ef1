import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compareDrift, type DriftReference } from './agreement.ts';

const RECORDED = new URL('../../../fixtures/drift/peers.json', import.meta.url);

test('every drift equals what SciPy and Evidently said of the recorded pairs', () => {
  const recorded = JSON.parse(readFileSync(RECORDED, 'utf8')) as DriftReference;
  const { disagreements, compared } = compareDrift(recorded);
  assert.ok(compared > 1000);
  assert.deepEqual(disagreements, []);
});
