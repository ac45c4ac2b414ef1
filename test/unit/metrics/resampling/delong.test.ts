import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { delong, delongVariance } from '../../../../src/metrics/resampling/delong.ts';
import { delongDifference, delongDifferenceVariance } from '../../../../src/metrics/resampling/delong-paired.ts';
import { nextNormal, nextUniform, seededRandom } from '../../../../src/metrics/resampling/random.ts';
import { rocAuc } from '../../../../src/metrics/roc-auc.ts';
import { scoreTable } from '../../../../src/metrics/score-table.ts';
import { rows, shuffledRows } from '../arbitraries.ts';

interface Recorded {
  readonly markers: Readonly<
    Record<string, { readonly cases: readonly number[]; readonly controls: readonly number[] }>
  >;
  readonly areas: Readonly<Record<string, number>>;
  readonly variances: Readonly<Record<string, number>>;
  readonly pairedZ: readonly (readonly [string, string, number])[];
}

const RECORDED = new URL('../../../fixtures/intervals/proc-asah.json', import.meta.url);

test('areas, variances and paired tests are those that pROC records for the aSAH data', () => {
  const recorded = JSON.parse(readFileSync(RECORDED, 'utf8')) as Recorded;
  const scoresOf = (marker: string) => {
    const found = recorded.markers[marker];
    assert.ok(found);
    return Float64Array.from([...found.cases, ...found.controls]);
  };
  const labels = Uint8Array.from(scoresOf('wfns'), (_, row) => (row < 41 ? 1 : 0));
  for (const [marker, area] of Object.entries(recorded.areas)) {
    const table = scoreTable(scoresOf(marker), labels);
    nearly(rocAuc(table), area);
    nearly(delongVariance(table), recorded.variances[marker] as number);
  }
  for (const [first, second, z] of recorded.pairedZ) {
    const difference = (recorded.areas[first] as number) - (recorded.areas[second] as number);
    const variance = delongDifferenceVariance(scoresOf(first), scoresOf(second), labels);
    assert.ok(Math.abs(difference / Math.sqrt(variance) - z) < 1e-12, `${first}, ${second}`);
  }
});

test('the interval is undefined where the area is 0 or 1 or a class has one row', () => {
  const of = (scores: number[], labels: number[]) =>
    delong(scoreTable(Float64Array.from(scores), Uint8Array.from(labels)), 0.95);
  assert.equal(of([1, 2, 3, 4], [0, 0, 1, 1]), undefined);
  assert.equal(of([1, 2, 3, 4], [1, 1, 0, 0]), undefined);
  assert.equal(of([1, 2, 3, 4], [0, 1, 0, 0]), undefined);
  assert.equal(of([1, 2], [0, 0]), undefined);
});

test('scores that are all equal give an interval of zero width', () => {
  const table = scoreTable(
    new Float64Array(400).fill(0.5),
    Uint8Array.from({ length: 400 }, (_, row) => row % 2),
  );
  assert.deepEqual(delong(table, 0.95), { low: 0.5, high: 0.5, method: 'delong-logit' });
});

test('two columns that rank alike differ by an interval of zero width', () => {
  const random = seededRandom(5);
  const first = Float64Array.from({ length: 500 }, () => nextUniform(random));
  const second = first.map((score) => score ** 3);
  const labels = Uint8Array.from(first, (score) => (nextUniform(random) < score ? 1 : 0));
  const found = delongDifference(first, second, labels, 0.95);
  assert.deepEqual([found?.low, found?.high], [0, 0]);
});

test('the order of rows changes no interval', () => {
  fc.assert(
    fc.property(shuffledRows, ({ given, shuffled }) => {
      assert.deepEqual(
        delong(scoreTable(given.scores.slice(), given.labels), 0.9),
        delong(scoreTable(shuffled.scores.slice(), shuffled.labels), 0.9),
      );
    }),
  );
});

test('a monotone transform changes no interval; turning scores and labels round keeps it', () => {
  fc.assert(
    fc.property(rows, ({ scores, labels }) => {
      const own = delong(scoreTable(scores.slice(), labels), 0.95);
      const grown = delong(
        scoreTable(
          scores.map((score) => 3 * score + 7),
          labels,
        ),
        0.95,
      );
      assert.deepEqual(grown, own);
      const turned = delong(
        scoreTable(
          scores.map((score) => -score),
          labels.map((label) => 1 - label),
        ),
        0.95,
      );
      if (!own || !turned) {
        assert.equal(turned, own);
        return;
      }
      nearly(turned.low, own.low);
      nearly(turned.high, own.high);
    }),
  );
});

test('the columns exchanged turn the difference round', () => {
  const random = seededRandom(9);
  const labels = Uint8Array.from({ length: 600 }, (_, row) => (row < 200 ? 1 : 0));
  const first = Float64Array.from(labels, (label) => label + nextNormal(random));
  const second = first.map((score) => score + nextNormal(random));
  const there = delongDifference(first, second, labels, 0.95);
  const back = delongDifference(second, first, labels, 0.95);
  assert.ok(there && back);
  nearly(there.low, -back.high);
  nearly(there.high, -back.low);
  const area = (scores: Float64Array) => rocAuc(scoreTable(scores.slice(), labels));
  nearly((there.low + there.high) / 2, area(first) - area(second));
});

function nearly(a: number, b: number): void {
  assert.ok(Math.abs(a - b) < 1e-12, `${a} and ${b}`);
}
