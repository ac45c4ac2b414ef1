import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binsFor } from '../../../src/checks/estimates/binned-statistic.ts';
import { scoreTableStatistic, type TableMetric } from '../../../src/checks/estimates/score-table-statistic.ts';
import { averagePrecision, averagePrecisionSlopes } from '../../../src/metrics/average-precision.ts';
import { fillPoisson, nextNormal, nextUniform, seededRandom } from '../../../src/metrics/resampling/random.ts';
import { rocAuc, rocAucSlopes } from '../../../src/metrics/roc-auc.ts';
import { type ScoreTable, scoreTable } from '../../../src/metrics/score-table.ts';

const ROWS = 20_000;
const RESAMPLES = 60;
/** Of the metric's own spread over resamples; the ends of an interval of 1,000 resamples are known to a tenth of it. */
const MOST_ASTRAY = 0.03;

const METRICS: Readonly<Record<string, Required<TableMetric>>> = {
  'ROC AUC': { value: rocAuc, slopes: rocAucSlopes },
  'average precision': { value: (table) => averagePrecision(table).value, slopes: averagePrecisionSlopes },
};

function sample(positives: number, decimals?: number) {
  const random = seededRandom(5);
  const labels = Uint8Array.from({ length: ROWS }, () => (nextUniform(random) < positives ? 1 : 0));
  const scores = Float64Array.from(labels, (label) => label + nextNormal(random));
  const rounded = decimals === undefined ? scores : scores.map((score) => Math.round(score * 10 ** decimals));
  const weights = Float64Array.from(labels, () => 0.1 + nextUniform(random) ** 3);
  return { labels, scores: rounded, weights, random };
}

for (const [name, metric] of Object.entries(METRICS)) {
  test(`the slopes of ${name} tell what a little more weight of a row does`, () => {
    const table: ScoreTable = {
      scores: Float64Array.of(1, 2, 3, 4, 5),
      positives: Float64Array.of(0.5, 0, 2, 1, 3),
      negatives: Float64Array.of(2, 1.5, 0, 1, 0.25),
    };
    const slopes = metric.slopes(table);
    const step = 1e-6;
    for (let entry = 0; entry < 5; entry += 1) {
      for (const [side, slope] of [
        ['positives', slopes.ofPositive[entry]],
        ['negatives', slopes.ofNegative[entry]],
      ] as const) {
        const moved = (by: number) => {
          const weights = table[side].slice();
          weights[entry] = (weights[entry] as number) + by;
          return metric.value({ ...table, [side]: weights });
        };
        const measured = (moved(step) - moved(-step)) / (2 * step);
        assert.ok(Math.abs(measured - (slope as number)) < 1e-7, `${side} ${entry}: ${slope}, not ${measured}`);
      }
    }
  });

  for (const [positives, units, decimals] of [
    [0.3, 20_000, undefined],
    [0.11, 2000, undefined],
    [0.3, 40, undefined],
    [0.3, 2000, 1],
  ] as const) {
    const ties = decimals === undefined ? '' : ', scores rounded';
    test(`${name} by bins is as that of every row: ${positives * 100} % positive, ${units} units${ties}`, () => {
      const { labels, scores, weights, random } = sample(positives, decimals);
      const codes = Int32Array.from(labels, (_, row) => row % units);
      const drawn = { count: units, independent: units, codes, suffix: '', noun: 'row' };
      const exact = scoreTableStatistic(scores, labels, weights, metric, ROWS).prepare(drawn);
      const binned = scoreTableStatistic(scores, labels, weights, metric, 0).prepare(drawn);
      const once = new Float64Array(units).fill(1);
      assert.ok(Math.abs(binned(once) - exact(once)) < 1e-12);
      assert.ok(Math.abs(exact(once) - metric.value(scoreTable(scores, labels, weights))) < 1e-12);

      const values: number[] = [];
      const errors: number[] = [];
      const resample = new Float64Array(units);
      for (let round = 0; round < RESAMPLES; round += 1) {
        fillPoisson(random, resample);
        values.push(exact(resample));
        errors.push(binned(resample) - (values.at(-1) as number));
      }
      const mean = values.reduce((sum, value) => sum + value, 0) / RESAMPLES;
      const spread = Math.hypot(...values.map((value) => value - mean));
      assert.ok(Math.hypot(...errors) < MOST_ASTRAY * spread, `${Math.hypot(...errors) / spread} of the spread`);
    });
  }
}

test('only metrics with slopes of many rows are told by bins, and say so', () => {
  const { labels, scores } = sample(0.3);
  const units = { count: 500, independent: 500, codes: undefined, suffix: '', noun: 'row' };
  const suffixOf = (metric: TableMetric, mostRows: number) =>
    scoreTableStatistic(scores, labels, undefined, metric, mostRows).suffix?.(units);
  const metric = METRICS['ROC AUC'] as Required<TableMetric>;
  assert.equal(suffixOf(metric, 0), `/bins-${binsFor(500)}`);
  assert.equal(suffixOf(metric, ROWS), '');
  assert.equal(suffixOf({ value: metric.value }, 0), '');
  const few = scoreTableStatistic(scores, sample(0.01).labels, undefined, metric, 0);
  assert.equal(few.suffix?.(units), '');
});

test('the fewer the units, the more the bins', () => {
  assert.deepEqual([20, 2000, 20_000, 100_000].map(binsFor), [16_384, 524, 52, 32]);
});
