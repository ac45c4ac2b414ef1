import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compareDrift, type DriftReference } from '../unit/metrics/drift/agreement.ts';
import { jsonFromPython, withoutPeers } from './run-python.ts';

const LEAST_PAIRS = 200;
const RECORDED = new URL('../fixtures/drift/peers.json', import.meta.url);

test('every drift equals SciPy’s or Evidently’s on generated pairs of samples', { skip: withoutPeers }, (context) => {
  const reference = jsonFromPython('drift.py') as DriftReference;
  assert.ok(reference.cases.length >= LEAST_PAIRS, `only ${reference.cases.length} pairs`);
  const { disagreements, distances, compared } = compareDrift(reference);
  context.diagnostic(`${reference.cases.length} pairs, ${compared} numbers, peers ${JSON.stringify(reference.peers)}`);
  for (const [method, relative] of distances) {
    context.diagnostic(`${method}: at most ${relative.toExponential(1)} relative where further apart than 1e-12`);
  }
  assert.deepEqual(disagreements.slice(0, 20), [], `${disagreements.length} disagreements`);
});

test('the recorded drifts, which the unit tests use, are those of these peers', { skip: withoutPeers }, () => {
  const recorded = JSON.parse(readFileSync(RECORDED, 'utf8')) as DriftReference;
  const fresh = jsonFromPython('drift.py', '--recorded') as DriftReference;
  assert.deepEqual(recorded.peers, fresh.peers, 'record them again: drift.py --recorded');
  assert.deepEqual(compareDrift(fresh).disagreements, []);
});
