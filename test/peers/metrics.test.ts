import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compare } from '../unit/metrics/agreement.ts';
import type { Reference } from '../unit/metrics/reference-case.ts';
import { jsonFromPython, withoutPeers } from './run-python.ts';

const LEAST_TABLES = 200;
const RECORDED = new URL('../fixtures/metrics/scikit-learn.json', import.meta.url);

test('every formula equals scikit-learn’s (or NumPy’s) on generated tables', { skip: withoutPeers }, (context) => {
  const reference = jsonFromPython('metrics.py') as Reference;
  assert.ok(reference.cases.length >= LEAST_TABLES, `only ${reference.cases.length} tables`);
  const { disagreements, distances } = compare(reference);
  context.diagnostic(`${reference.cases.length} tables, peers ${JSON.stringify(reference.peers)}`);
  for (const [formula, { relative, absolute, numbers }] of distances) {
    const figures = `${relative.toExponential(1)} relative, ${absolute.toExponential(1)} absolute`;
    context.diagnostic(`${formula}: at most ${figures}, of ${numbers} numbers`);
  }
  assert.deepEqual(disagreements.slice(0, 20), [], `${disagreements.length} disagreements`);
});

test('the recorded values, which the unit tests use, are those of these peers', { skip: withoutPeers }, () => {
  const recorded = JSON.parse(readFileSync(RECORDED, 'utf8')) as Reference;
  const fresh = jsonFromPython('metrics.py', '--recorded') as Reference;
  assert.deepEqual(recorded.peers, fresh.peers, 'record them again: metrics.py --recorded');
  assert.deepEqual(
    recorded.cases.map(({ name }) => name),
    fresh.cases.map(({ name }) => name),
  );
  for (const reference of [recorded, fresh]) assert.deepEqual(compare(reference).disagreements, []);
});
