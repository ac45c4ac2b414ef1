import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Plot } from '../../../../src/checks/plots/plot.ts';
import type { Check } from '../../../../src/policy/schema.ts';
import { csv, evaluated, ROWS } from '../support/assess-rows.ts';

/** Rows whose scores say something of their labels; some are equal. */
const MANY = Array.from({ length: 600 }, (_, row) => {
  const score = Math.round(((row * 0.618033988749895) % 1) ** 1.3 * 250) / 250;
  const label = (row * 0.7548776662466927) % 1 < score ? 1 : 0;
  return [label, score, row % 3 === 0 ? 'a' : 'b', (row % 5) + 1] as const;
});
const files = { 'rows.csv': csv(['y', 'p', 'group', 'w'], MANY) };
const THRESHOLD = 0.37;
const datasets = { d: { ...ROWS, threshold: THRESHOLD, groups: { group: {} } } };
const metric = (name: string, more: object = {}): Check =>
  ({ check: 'metric', metric: name, dataset: 'd', min: 0, ...more }) as Check;
const payoff = { tp: 0, fp: -50, fn: -900, tn: 120 };

const made = evaluated({
  datasets,
  files,
  checks: {
    auc: metric('roc_auc', { confidence: 0.9 }),
    ap: metric('average_precision'),
    recall: metric('recall'),
    precision: metric('precision'),
    ece: metric('expected_calibration_error', { n_bins: 12 }),
    profit: metric('expected_value', { payoff, min: -1000 }),
    slices: metric('recall', { by: 'group' }),
  },
});

function plotOf<Kind extends Plot['kind']>(plots: readonly Plot[], kind: Kind): Extract<Plot, { readonly kind: Kind }> {
  const found = plots.find((plot) => plot.kind === kind);
  assert.ok(found, `there is no ${kind} among ${plots.map(({ id }) => id)}`);
  return found as Extract<Plot, { readonly kind: Kind }>;
}

/** Trapezoids, which is what the area under a ROC curve is. */
function areaUnder(x: readonly number[], y: readonly number[]): number {
  return x.slice(1).reduce((sum, right, index) => {
    const [left, low, high] = [x[index] as number, y[index] as number, y[index + 1] as number];
    return sum + (right - left) * ((low + high) / 2);
  }, 0);
}

describe('the plots of a classifier', () => {
  test('the ROC curve has the engine’s area, its ends and its operating point', async () => {
    const { plots, outcomes } = await made;
    const roc = plotOf(plots, 'roc');
    const [curve] = roc.curves;
    assert.ok(curve);
    const { x, y, thresholds } = curve.points;
    assert.equal(curve.value, outcomes['auc']?.value);
    assert.ok(Math.abs(areaUnder(x, y) - curve.value) < 2e-3, `${areaUnder(x, y)} is not near ${curve.value}`);
    assert.deepEqual([x[0], y[0], x.at(-1), y.at(-1)], [0, 0, 1, 1]);
    assert.equal(thresholds[0], null);
    assert.equal(roc.operating?.threshold, THRESHOLD);
    assert.equal(roc.operating?.y, outcomes['recall']?.value);
    const at = y.indexOf(roc.operating?.y ?? -1);
    assert.equal(x[at], roc.operating?.x);
    assert.equal(roc.confidence, 0.9);
    assert.deepEqual(roc.checks, ['auc']);
  });

  test('each point of the ROC curve lies within its band', async () => {
    const { points } = plotOf((await made).plots, 'roc').curves[0] ?? assert.fail();
    for (const [index, y] of points.y.entries()) {
      assert.ok((points.band?.low[index] ?? 2) <= y && y <= (points.band?.high[index] ?? -1));
    }
  });

  test('the precision-recall curve has the engine’s average precision and goes through the operating point', async () => {
    const { plots, outcomes } = await made;
    const plot = plotOf(plots, 'precision-recall');
    const curve = plot.curves[0] ?? assert.fail();
    assert.equal(curve.value, outcomes['ap']?.value);
    assert.equal(plot.operating?.x, outcomes['recall']?.value);
    assert.equal(plot.operating?.y, outcomes['precision']?.value);
    assert.ok(curve.points.x.includes(plot.operating?.x ?? -1));
    const positives = MANY.filter(([label]) => label === 1).length;
    assert.deepEqual(plot.baseRates, [positives / MANY.length]);
  });

  test('the confusion matrix gives the engine’s recall and precision', async () => {
    const { plots, outcomes } = await made;
    const { counts, classes } = plotOf(plots, 'confusion');
    const [[tn = 0, fp = 0] = [], [fn = 0, tp = 0] = []] = counts;
    assert.deepEqual(classes, ['0', '1']);
    assert.equal(tp / (tp + fn), outcomes['recall']?.value);
    assert.equal(tp / (tp + fp), outcomes['precision']?.value);
    assert.equal(tn + fp + fn + tp, MANY.length);
  });

  test('the calibration bins give the engine’s expected calibration error', async () => {
    const { plots, outcomes } = await made;
    const { bins, expectedCalibrationError } = plotOf(plots, 'calibration');
    const error = bins.reduce(
      (sum, { predicted, observed, weight }) => sum + weight * Math.abs(predicted - observed),
      0,
    );
    assert.equal(expectedCalibrationError, outcomes['ece']?.value);
    assert.ok(Math.abs(error / MANY.length - expectedCalibrationError) < 1e-12);
  });

  test('at the policy’s threshold the slider’s readings are the outcomes', async () => {
    const { plots, outcomes } = await made;
    const { thresholds, readings, threshold } = plotOf(plots, 'score-distribution');
    assert.equal(threshold, THRESHOLD);
    const at = thresholds.indexOf(THRESHOLD);
    assert.ok(at >= 0);
    const ofChecks = readings.filter(({ check }) => check !== undefined);
    assert.deepEqual(ofChecks.map(({ check }) => check).sort(), ['precision', 'profit', 'recall']);
    for (const { check, values } of ofChecks) assert.equal(values[at], outcomes[check ?? '']?.value);
    assert.ok(thresholds.length <= 200);
  });

  test('at any other threshold they are what the policy would give with it', async () => {
    const { thresholds, readings } = plotOf((await made).plots, 'score-distribution');
    const at = 71;
    const { outcomes } = await evaluated({
      files,
      datasets: { d: { ...ROWS, threshold: thresholds[at] ?? Number.NaN } },
      checks: { recall: metric('recall'), f1: metric('f1'), profit: metric('expected_value', { payoff, min: -1000 }) },
    });
    const reading = (name: string) => readings.find((each) => each.name === name)?.values[at];
    assert.equal(reading('recall'), outcomes['recall']?.value);
    assert.equal(reading('f1'), outcomes['f1']?.value);
    assert.equal(reading('expected_value'), outcomes['profit']?.value);
  });

  test('the bars of both classes hold every row', async () => {
    const { positives, negatives } = plotOf((await made).plots, 'score-distribution');
    const sum = [...positives, ...negatives].reduce((total, count) => total + count, 0);
    assert.equal(sum, MANY.length);
  });

  test('each group has the value and the rows of its part', async () => {
    const { plots, outcomes } = await made;
    const [block] = plotOf(plots, 'parts').blocks;
    const parts = outcomes['slices']?.parts ?? [];
    assert.deepEqual(
      block?.items.map(({ name, value, rows }) => [name, value, rows]),
      parts.map(({ name, value, rows }) => [name, value, rows]),
    );
    for (const { value, interval } of block?.items ?? []) {
      assert.ok(interval !== null && interval[0] < (value ?? 0) && (value ?? 0) < interval[1]);
    }
  });

  test('weights count, and then no band is claimed', async () => {
    const { plots, outcomes } = await evaluated({
      files,
      datasets: { d: { ...ROWS, threshold: THRESHOLD, weight: 'w' } },
      checks: { auc: metric('roc_auc'), recall: metric('recall') },
    });
    const roc = plotOf(plots, 'roc');
    assert.equal(roc.curves[0]?.value, outcomes['auc']?.value);
    assert.equal(roc.curves[0]?.points.band, undefined);
    const { readings, thresholds } = plotOf(plots, 'score-distribution');
    const recall = readings.find(({ name }) => name === 'recall')?.values[thresholds.indexOf(THRESHOLD)];
    assert.ok(Math.abs((recall ?? 0) - (outcomes['recall']?.value ?? 1)) < 1e-12);
    assert.equal(plotOf(plots, 'confusion').unit, 'weight');
  });

  test('several classes have a curve each, and their whole matrix', async () => {
    const rows = MANY.map(([, score], row) => {
      const first = score * 0.8;
      const second = (1 - first) * ((row % 7) / 7);
      return [['cat', 'dog', 'eel'][row % 3] ?? '', first, second, 1 - first - second] as const;
    });
    const { plots, outcomes } = await evaluated({
      task: 'multiclass',
      files: { 'rows.csv': csv(['y', 'c', 'd', 'e'], rows) },
      datasets: { d: { path: 'rows.csv', label: 'y', scores: { cat: 'c', dog: 'd', eel: 'e' } } },
      checks: { auc: metric('roc_auc', { multi_class: 'ovr', average: 'macro' }), right: metric('accuracy') },
    });
    const roc = plotOf(plots, 'roc');
    const mean = roc.curves.reduce((sum, { value }) => sum + value, 0) / 3;
    assert.deepEqual(
      roc.curves.map(({ name }) => name),
      ['cat', 'dog', 'eel'],
    );
    assert.ok(Math.abs(mean - (outcomes['auc']?.value ?? 0)) < 1e-12);
    const { counts } = plotOf(plots, 'confusion');
    const right = counts.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
    assert.equal(right / rows.length, outcomes['right']?.value);
  });
});
