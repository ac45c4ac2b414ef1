import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillSeats } from '../../../src/approval/seats.ts';

const seat = (person: string, role: string) => ({ person, role });

test('no demand is never complete, whoever approves', () => {
  assert.equal(fillSeats({}, [seat('ana', 'risk')]).complete, false);
});

test('people move along so that everybody needed can sit', () => {
  const require = { a: 1, b: 1, c: 1 };
  const approvals = [seat('x', 'a'), seat('x', 'b'), seat('y', 'b'), seat('y', 'c'), seat('z', 'a')];
  for (const order of [approvals, approvals.toReversed()]) assert.equal(fillSeats(require, order).complete, true);
});

test('one person fills one seat, however many roles they sign in', () => {
  const filled = fillSeats({ a: 1, b: 1 }, [seat('x', 'a'), seat('x', 'b'), seat('x', 'a')]);
  assert.equal(filled.complete, false);
  assert.equal((filled.quorum['a']?.have ?? 0) + (filled.quorum['b']?.have ?? 0), 1);
});

test('agrees with trying every way to seat people', () => {
  const roles = ['a', 'b', 'c'];
  for (let mask = 0; mask < 2 ** 9; mask++) {
    const approvals = [0, 1, 2].flatMap((person) =>
      roles.filter((_, role) => (mask >> (person * 3 + role)) & 1).map((role) => seat(`p${person}`, role)),
    );
    const sits = (person: number, role: string) =>
      approvals.some((each) => each.person === `p${person}` && each.role === role);
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    const possible = orders.some((order) => order.every((person, index) => sits(person, roles[index] ?? '')));
    assert.equal(fillSeats({ a: 1, b: 1, c: 1 }, approvals).complete, possible, String(mask));
  }
});
