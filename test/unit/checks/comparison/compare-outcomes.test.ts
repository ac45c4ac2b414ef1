import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { changeOf, compareOutcomes } from '../../../../src/checks/comparison/compare-outcomes.ts';
import type { CheckDifferences } from '../../../../src/checks/comparison/metric-differences.ts';
import type { Outcome } from '../../../../src/checks/outcome.ts';
import type { Policy } from '../../../../src/policy/schema.ts';

const policy = { checks: {} } as unknown as Policy;

function outcome(id: string, changes: Partial<Outcome>): Outcome {
  return {
    ...{ id, check: 'drift', title: id, severity: 'required', status: 'pass', value: null, bound: null },
    ...{ interval: null, rows: null, formula: null, message: '', evidence: [], source: { line: 1, column: 1 } },
    ...changes,
  };
}

function changeBetween(first: Partial<Outcome>, second: Partial<Outcome>): string {
  const [compared] = compareOutcomes(policy, [outcome('it', first)], [outcome('it', second)], new Map());
  return `${compared?.change}, ${compared?.passing}`;
}

describe('a difference', () => {
  const cases = [
    { drop: 0.1, interval: [0.05, 0.15], is: 'worse' },
    { drop: -0.1, interval: [-0.15, -0.05], is: 'better' },
    { drop: 0.1, interval: [-0.05, 0.25], is: 'unclear' },
    { drop: 0.1, interval: [0, 0.2], is: 'unclear' },
    { drop: 0.1, interval: null, is: 'worse' },
    { drop: 0, interval: [-0.1, 0.1], is: 'same' },
    { drop: Number.NaN, interval: null, is: 'unknown' },
  ] as const;
  for (const { drop, interval, is } of cases) {
    test(`of ${drop} with ${interval === null ? 'no interval' : interval.join(' to ')} is ${is}`, () => {
      assert.equal(changeOf({ drop, interval }), is);
    });
  }
});

describe('a check that is only evaluated twice', () => {
  test('is better or worse by what its bound asks', () => {
    const [low, high] = [{ value: 0.1 }, { value: 0.2 }];
    assert.equal(changeBetween({ ...low, bound: { min: 0 } }, { ...high, bound: { min: 0 } }), 'worse, both alike');
    assert.equal(changeBetween({ ...low, bound: { max: 1 } }, { ...high, bound: { max: 1 } }), 'better, both alike');
    assert.equal(changeBetween({ value: -0.2, bound: { max_abs: 1 } }, low), 'worse, both alike');
  });

  test('is not said to be either where bounds point both ways, or there are none', () => {
    const bound = { min: 0, max: 1 };
    assert.equal(changeBetween({ value: 0.1, bound }, { value: 0.2, bound }), 'unknown, both alike');
    assert.equal(changeBetween({ value: 0.1 }, { value: 0.2 }), 'unknown, both alike');
    assert.equal(changeBetween({ value: 0.1, bound }, { value: null, bound }), 'unknown, both alike');
  });

  test('is unclear where the intervals of both overlap', () => {
    const first = { value: 0.3, interval: [0.1, 0.5], bound: { max: 1 } } as const;
    assert.equal(changeBetween(first, { value: 0.2, interval: [0, 0.4] }), 'unclear, both alike');
    assert.equal(changeBetween(first, { value: 0.05, interval: [0, 0.09] }), 'worse, both alike');
  });

  test('that only one of the two holds is worse or better whatever its values are', () => {
    assert.equal(changeBetween({ status: 'fail', value: 0.1 }, { value: 0.1 }), 'worse, only the second');
    assert.equal(changeBetween({}, { status: 'not_evaluable' }), 'better, only the first');
  });
});

test('regressions stand first: lost checks, then what got worse, and required before advisory', () => {
  const bound = { max: 1 };
  const first = [
    outcome('alike', { value: 0.1, bound }),
    outcome('better', { value: 0.1, bound }),
    outcome('advised', { value: 0.9, bound, severity: 'advisory' }),
    outcome('worse', { value: 0.9, bound }),
    outcome('lost', { status: 'fail', value: 2, bound }),
    outcome('said', { check: 'attestation' }),
  ];
  const second = first.map((each) =>
    outcome(each.id, { value: each.id === 'alike' ? 0.1 : 0.5, bound, check: each.check }),
  );
  assert.deepEqual(
    compareOutcomes(policy, first, second, new Map()).map(({ id }) => id),
    ['lost', 'worse', 'advised', 'better', 'alike'],
  );
});

test('of the groups of a check, the worst speaks for it', () => {
  const of = (name: string, drop: number) =>
    ({ name, drop, first: 0, second: drop, interval: null, rows: 10, pair: 'paired' }) as const;
  const differences: CheckDifferences = { confidence: 0.95, problems: [], differences: [of('a', -0.1), of('b', 0.1)] };
  const [compared] = compareOutcomes(policy, [outcome('it', {})], [outcome('it', {})], new Map([['it', differences]]));
  assert.equal(compared?.change, 'worse');
  assert.deepEqual(
    compared.differences.map(({ name }) => name),
    ['b', 'a'],
  );
});
