import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { KOOPMAN_LEAST_TRIALS } from '../../../../src/metrics/fairness/proportion-ratio.ts';
import { THEIL_LEAST_ROWS } from '../../../../src/metrics/fairness/theil-index.ts';
import { DELONG_LEAST_ROWS } from '../../../../src/metrics/resampling/delong.ts';

interface Recorded {
  readonly method: string;
  readonly scenario: string;
  readonly cells: readonly {
    readonly truth: number;
    readonly size: number;
    readonly draws: number;
    readonly wrongPasses: number;
  }[];
}

const MOST_WRONG = 0.05;
const DRAWS = 10_000;
/** Below these sizes a check gives no interval. */
const LEAST_SIZE: Readonly<Record<string, number>> = {
  'delong-logit': DELONG_LEAST_ROWS,
  'delong-paired': DELONG_LEAST_ROWS,
  koopman: KOOPMAN_LEAST_TRIALS,
  'theil index': THEIL_LEAST_ROWS,
};
/** Alone it is not used: it gives way to Clopper and Pearson's where either outcome is rare. */
const NOT_USED = 'wilson';

const recorded = JSON.parse(
  readFileSync(new URL('../../../bench/coverage.json', import.meta.url), 'utf8'),
) as readonly Recorded[];

/** Slow to resample: recorded with fewer draws, and then twice the Monte-Carlo error has to fit below 5 %, too. */
const FEWER_DRAWS =
  /^drift: |^paired bootstrap-poisson$|^metrics of scores$|^weighted rows$|^rows of units$|^regression$|^several classes$|^ranking$|^paired rows$|^resampled groups$|^mmd$/;

test('with the truth on the bound, no interval that checks use passes more than 5 % of the samples', () => {
  const methods = new Set(recorded.map(({ method }) => method));
  for (const method of Object.keys(LEAST_SIZE)) assert.ok(methods.has(method), method);
  assert.ok(methods.size >= 11);
  for (const { method, scenario, cells } of recorded) {
    if (method === NOT_USED) continue;
    for (const { truth, size, draws, wrongPasses } of cells) {
      if (!FEWER_DRAWS.test(method)) assert.equal(draws, DRAWS);
      if (size < (LEAST_SIZE[method] ?? 0)) continue;
      const share = wrongPasses / draws;
      const error = draws < DRAWS ? 2 * Math.sqrt((share * (1 - share)) / draws) : 0;
      assert.ok(share + error <= MOST_WRONG, `${scenario}, truth ${truth}, size ${size}: ${wrongPasses}`);
    }
  }
});

test('the least sizes are there because smaller ones are worse', () => {
  for (const [method, least] of Object.entries(LEAST_SIZE)) {
    const small = recorded.filter((each) => each.method === method).flatMap(({ cells }) => cells);
    assert.ok(
      small.some(({ size, draws, wrongPasses }) => size < least && wrongPasses > MOST_WRONG * draws),
      method,
    );
  }
});
