import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OperationsCheck } from '../../../src/policy/schema.ts';
import { type EvidenceCase, outcomeWith } from './support/evidence-case.ts';

type Asked = Omit<OperationsCheck, 'check'>;

async function judged(asked: Asked, made: EvidenceCase = {}) {
  return outcomeWith({ check: 'operations', ...asked }, made);
}

const LATENCIES = { 'latency.csv': 'call,ms\n1,4\n2,1\n3,3\n4,2\n5,10\n' };

/** By `numpy.percentile` of [1, 2, 3, 4, 10] and plain arithmetic. */
const STATISTICS: readonly (readonly [NonNullable<Asked['statistic']>, number])[] = [
  ['mean', 4],
  ['median', 3],
  ['min', 1],
  ['max', 10],
  ['sum', 20],
  ['p50', 3],
  ['p75', 4],
  ['p90', 7.6],
  ['p95', 8.8],
  ['p99', 9.76],
  ['p999', 9.976],
  ['mean_per_thousand', 4000],
];

for (const [statistic, value] of STATISTICS) {
  test(`${statistic} of a column is as NumPy says`, async () => {
    const asked = { path: 'run:latency.csv', column: 'ms', statistic, max: 4000 };
    const outcome = await judged(asked, { artifacts: LATENCIES });
    assert.ok(Math.abs((outcome.value ?? Number.NaN) - value) < 1e-12, String(outcome.value));
    assert.equal(outcome.status, 'pass');
    assert.equal(outcome.rows, 5);
    assert.equal(outcome.evidence.length, 1);
  });
}

test('bounds are inclusive and the sentence names measurement and bound', async () => {
  const asked = { path: 'run:latency.csv', column: 'ms', statistic: 'max' } as const;
  assert.equal((await judged({ ...asked, max: 10 }, { artifacts: LATENCIES })).status, 'pass');
  const outcome = await judged({ ...asked, max: 9.99 }, { artifacts: LATENCIES });
  assert.equal(outcome.status, 'fail');
  assert.match(
    outcome.message,
    /The largest of 5 measurements in column “ms” of “.*latency.csv” is 10; at most 9.99 is required/,
  );
});

test('a percentile of fewer measurements than it needs says so', async () => {
  const of = (statistic: 'p75' | 'p90') => ({ path: 'run:latency.csv', column: 'ms', statistic, max: 10 });
  const few = await judged(of('p90'), { artifacts: LATENCIES });
  assert.match(
    few.message,
    /^The 90th percentile of 5 measurements \(fewer than the 10 that it needs to tell much\) in /,
  );
  assert.doesNotMatch((await judged(of('p75'), { artifacts: LATENCIES })).message, /fewer/);
});

test('a number in a JSON file is found by its pointer, also where it is written as a text', async () => {
  const artifacts = { 'load.json': '{"throughput": {"per/second": "950.5", "runs": [1, 2]}}' };
  const outcome = await judged({ path: 'run:load.json', pointer: '/throughput/per~1second', min: 900 }, { artifacts });
  assert.equal(outcome.status, 'pass');
  assert.equal(outcome.value, 950.5);
  assert.equal(outcome.formula, 'json-pointer');
  assert.equal(
    (await judged({ path: 'run:load.json', pointer: '/throughput/runs/1', max: 1 }, { artifacts })).status,
    'fail',
  );
});

test('a logged metric counts', async () => {
  const outcome = await judged({ logged: 'cost_per_thousand', max: 2 }, { metrics: { cost_per_thousand: 1.25 } });
  assert.equal(outcome.status, 'pass');
  assert.equal(outcome.formula, 'logged/latest');
});

test('the model’s size is that of its files', async () => {
  const model = { MLmodel: 'flavors: {}\n', 'model.bin': new Uint8Array(1000) };
  const outcome = await judged({ measure: 'model_size', max: 1012 }, { model });
  assert.equal(outcome.status, 'pass');
  assert.equal(outcome.value, 1012);
  assert.equal((await judged({ measure: 'model_size', max: 1011 }, { model })).status, 'fail');
});

const NO_ANSWER: readonly (readonly [string, Asked, EvidenceCase, RegExp])[] = [
  ['no bound', { logged: 'a' }, { metrics: { a: 1 } }, /no bound/],
  ['no source', { max: 1 }, {}, /needs one of/],
  ['two sources', { logged: 'a', measure: 'model_size', max: 1 }, { metrics: { a: 1 } }, /needs one of/],
  ['nothing logged', { logged: 'a', max: 1 }, {}, /logged no metric/],
  ['NaN logged', { logged: 'a', max: 1 }, { metrics: { a: Number.NaN } }, /logged NaN/],
  ['no model', { measure: 'model_size', max: 1 }, {}, /logged no model/],
  ['no file', { path: 'run:x.csv', column: 'ms', statistic: 'max', max: 1 }, {}, /neither an artifact/],
  [
    'no column',
    { path: 'run:latency.csv', column: 's', statistic: 'max', max: 1 },
    { artifacts: LATENCIES },
    /no column “s”/,
  ],
  ['no statistic', { path: 'run:latency.csv', column: 'ms', max: 1 }, { artifacts: LATENCIES }, /either `column`/],
  [
    'column and pointer',
    { path: 'run:l.json', column: 'ms', statistic: 'max', pointer: '/a', max: 1 },
    { artifacts: { 'l.json': '{}' } },
    /either `column`/,
  ],
  [
    'no rows',
    { path: 'run:l.csv', column: 'ms', statistic: 'max', max: 1 },
    { artifacts: { 'l.csv': 'ms\n' } },
    /no rows/,
  ],
  [
    'a null',
    { path: 'run:l.csv', column: 'ms', statistic: 'max', max: 9 },
    { artifacts: { 'l.csv': 'n,ms\n1,1\n2,\n' } },
    /no finite number in row 2/,
  ],
  [
    'NaN',
    { path: 'run:l.csv', column: 'ms', statistic: 'max', max: 9 },
    { artifacts: { 'l.csv': 'ms\n1\nnan\n' } },
    /no finite number in row 2/,
  ],
  [
    'text',
    { path: 'run:l.csv', column: 'ms', statistic: 'max', max: 9 },
    { artifacts: { 'l.csv': 'ms\n1\nfast\n' } },
    /“fast”, which is not a number/,
  ],
  [
    'a folder',
    { path: 'run:l.csv', column: 'ms', statistic: 'max', max: 9 },
    { artifacts: { 'l.csv/x': '' } },
    /is not a file/,
  ],
  [
    'several files',
    { path: 'run:*.csv', column: 'ms', statistic: 'max', max: 9 },
    { artifacts: { 'a.csv': '', 'b.csv': '' } },
    /matches 2 files/,
  ],
  [
    'nothing at the pointer',
    { path: 'run:l.json', pointer: '/a/b', max: 1 },
    { artifacts: { 'l.json': '{"a": {}}' } },
    /nothing at “\/a\/b”/,
  ],
  [
    'no number at the pointer',
    { path: 'run:l.json', pointer: '/a', max: 1 },
    { artifacts: { 'l.json': '{"a": "fast"}' } },
    /not a number/,
  ],
  [
    'a truth value at the pointer',
    { path: 'run:l.json', pointer: '/a', max: 1 },
    { artifacts: { 'l.json': '{"a": true}' } },
    /not a number/,
  ],
  [
    'NaN at the pointer',
    { path: 'run:l.json', pointer: '/a', max: 1 },
    { artifacts: { 'l.json': '{"a": NaN}' } },
    /“\/a” in “run:l.json” is NaN, which can’t be compared/,
  ],
  ['no JSON', { path: 'run:l.json', pointer: '/a', max: 1 }, { artifacts: { 'l.json': '{' } }, /is not JSON/],
  [
    'no text',
    { path: 'run:l.json', pointer: '/a', max: 1 },
    { artifacts: { 'l.json': new Uint8Array([0xff]) } },
    /not UTF-8/,
  ],
  [
    'JavaScript’s own names',
    { path: 'run:l.json', pointer: '/length', min: 0 },
    { artifacts: { 'l.json': '[1, 2]' } },
    /nothing at/,
  ],
];

for (const [name, asked, made, message] of NO_ANSWER) {
  test(`not evaluable: ${name}`, async () => {
    const outcome = await judged(asked, made);
    assert.equal(outcome.status, 'not_evaluable', outcome.message);
    assert.match(outcome.message, message);
  });
}

test('a number below 0 measures nothing, unless the policy speaks of such numbers', async () => {
  const never = 'no latency, throughput, memory, size or cost is below 0, so it measures nothing.';
  const files = { 'failed.csv': 'ms\n12\n-1\n', 'load.json': '{"p95": -1}' };
  const mean: Asked = { path: 'failed.csv', column: 'ms', statistic: 'mean' };
  const table = await judged({ ...mean, max: 100 }, { files });
  assert.deepEqual(
    [table.status, table.message],
    ['not_evaluable', `Column “ms” of “failed.csv” holds -1 in row 2; ${never}`],
  );
  const json = await judged({ path: 'load.json', pointer: '/p95', max: 100 }, { files });
  assert.deepEqual([json.status, json.message], ['not_evaluable', `“load.json” says at “/p95”: -1; ${never}`]);
  assert.equal((await judged({ path: 'load.json', pointer: '/p95', min: 5 }, { files })).status, 'fail');
  // A change since the last version may be a gain.
  assert.equal((await judged({ path: 'load.json', pointer: '/p95', max_abs: 2 }, { files })).status, 'pass');
  assert.equal((await judged({ ...mean, min: -2, max: 100 }, { files })).status, 'pass');
});
