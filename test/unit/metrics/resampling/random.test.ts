import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binomialPoint } from '../../../../src/metrics/resampling/beta.ts';
import { fillMultinomial, nextBinomial } from '../../../../src/metrics/resampling/binomial-random.ts';
import {
  fillPoisson,
  nextNormal,
  nextUint32,
  nextUniform,
  seededRandom,
} from '../../../../src/metrics/resampling/random.ts';

const DRAWS = 200_000;

test('a seed gives the same numbers on every machine', () => {
  const random = seededRandom(1);
  assert.deepEqual([nextUint32(random), nextUint32(random), nextUint32(random)], FIRST_OF_SEED_1);
  assert.notEqual(nextUint32(seededRandom(2)), FIRST_OF_SEED_1[0]);
});

test('the generator is xoshiro128**, as its authors’ program has it', () => {
  const random = { state: Int32Array.of(1, 2, 3, 4) };
  // By hand from the authors' C program: rotl(2 · 5, 7) · 9, and so on.
  assert.deepEqual(
    Array.from({ length: 4 }, () => nextUint32(random)),
    [11_520, 0, 5_927_040, 70_819_200],
  );
});

test('uniform numbers lie strictly between 0 and 1, normal ones have mean 0 and variance 1', () => {
  const random = seededRandom(7);
  let [sum, squares] = [0, 0];
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const uniform = nextUniform(random);
    assert.ok(uniform > 0 && uniform < 1);
    const normal = nextNormal(random);
    sum += normal;
    squares += normal * normal;
  }
  assert.ok(Math.abs(sum / DRAWS) < 4 / Math.sqrt(DRAWS));
  assert.ok(Math.abs(squares / DRAWS - 1) < 4 * Math.sqrt(2 / DRAWS));
});

test('Poisson weights come as often as they should', () => {
  const weights = new Float64Array(DRAWS);
  fillPoisson(seededRandom(3), weights);
  let chance = Math.exp(-1);
  for (let count = 0; count <= 5; count += 1) {
    const found = weights.filter((weight) => weight === count).length / DRAWS;
    assert.ok(Math.abs(found - chance) < 5 * Math.sqrt(chance / DRAWS), `${count}: ${found}`);
    chance /= count + 1;
  }
});

test('binomial numbers come as often as they should, by inversion and by rejection', () => {
  for (const [trials, p] of [
    [7, 0.3],
    [1000, 0.002],
    [60, 0.4],
    [100, 0.9],
  ] as const) {
    const random = seededRandom(trials);
    const counts = new Float64Array(trials + 1);
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const drawn = nextBinomial(random, trials, p);
      counts[drawn] = (counts[drawn] as number) + 1;
    }
    for (const [successes, count] of counts.entries()) {
      const expected = DRAWS * binomialPoint(successes, trials, p);
      assert.ok(
        Math.abs(count - expected) <= 5 * Math.sqrt(expected) + 3,
        `${successes} of ${trials}: ${count}, ${expected}`,
      );
    }
  }
});

test('multinomial counts add up, and empty cells stay empty', () => {
  const random = seededRandom(11);
  const draws = new Float64Array(4);
  for (let draw = 0; draw < 1000; draw += 1) {
    fillMultinomial(random, 10_000, [0.2, 0, 0.5, 0.3], draws);
    assert.equal(
      draws.reduce((sum, count) => sum + count),
      10_000,
    );
    assert.equal(draws[1], 0);
    assert.ok(draws.every((count) => count >= 0));
  }
});

const FIRST_OF_SEED_1 = [393_288_148, 2_174_103_013, 3_814_759_091];
