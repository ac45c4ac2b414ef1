import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runsPlots } from '../../../../src/checks/plots/history.ts';
import type { Plot } from '../../../../src/checks/plots/plot.ts';
import type { Check, Policy } from '../../../../src/policy/schema.ts';
import type { Run } from '../../../../src/runs/run.ts';
import { approvedIn, csv, evaluated, ROWS } from '../support/assess-rows.ts';

function plotOf<Kind extends Plot['kind']>(plots: readonly Plot[], kind: Kind): Extract<Plot, { readonly kind: Kind }> {
  const found = plots.find((plot) => plot.kind === kind);
  assert.ok(found, `there is no ${kind} among ${plots.map(({ id }) => id)}`);
  return found as Extract<Plot, { readonly kind: Kind }>;
}

describe('the plots of other checks', () => {
  test('fairness: groups and comparisons are those of the check, with its band', async () => {
    const rows = Array.from(
      { length: 200 },
      (_, row) => [row % 2, (row * 0.618) % 1, row % 4 === 0 ? 'f' : 'm'] as const,
    );
    const { plots, outcomes } = await evaluated({
      files: { 'rows.csv': csv(['y', 'p', 'sex'], rows) },
      datasets: { d: { ...ROWS, groups: { sex: { privileged: 'm' } } } },
      checks: {
        parity: {
          ...{ check: 'fairness', metric: 'statistical_parity_difference', dataset: 'd', group: 'sex' },
          max_abs: 0.5,
        },
      },
    });
    const [rates, pairs] = plotOf(plots, 'parts').blocks;
    const [female, male] = rates?.items ?? [];
    assert.deepEqual([female?.name, male?.name], ['f', 'm']);
    assert.ok(Math.abs((female?.value ?? 0) - (male?.value ?? 0) - (outcomes['parity']?.value ?? 1)) < 1e-15);
    assert.deepEqual(
      pairs?.items.map(({ value, status }) => [value, status]),
      [[outcomes['parity']?.value, 'pass']],
    );
    assert.deepEqual(pairs?.bound, { max_abs: 0.5 });
  });

  test('a group below `min_rows` keeps its value and is marked, though the check can’t go by it', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, row) => [1, row % 3 === 0 ? 0.9 : 0.2, row < 6 ? 'few' : 'many'] as const,
    );
    const { plots } = await evaluated({
      files: { 'rows.csv': csv(['y', 'p', 'g'], [...rows, [0, 0.1, 'many']]) },
      datasets: { d: { ...ROWS, groups: { g: {} } } },
      checks: { r: { check: 'metric', metric: 'recall', dataset: 'd', by: 'g', min: 0.1, min_rows: 20 } },
    });
    const [few, many] = plotOf(plots, 'parts').blocks[0]?.items ?? [];
    assert.deepEqual([few?.status, few?.few, few?.value], ['not_evaluable', true, 2 / 6]);
    assert.deepEqual([many?.status, many?.few], ['pass', false]);
  });

  test('drift: columns stand by size with the check’s values and noise; distributions are whole', async () => {
    const table = (shift: number) =>
      csv(
        ['near', 'far', 'kind'],
        Array.from({ length: 400 }, (_, row) => [
          (row * 0.618) % 1,
          ((row * 0.7548) % 1) + shift,
          row % (shift ? 3 : 2) === 0 ? 'x' : 'y',
        ]),
      );
    const { plots, outcomes } = await evaluated({
      files: { 'a.csv': table(0), 'b.csv': table(0.4) },
      datasets: { a: { path: 'a.csv' }, b: { path: 'b.csv' } },
      checks: {
        drift: { check: 'drift', method: 'ks', reference: 'a', current: 'b', columns: ['near', 'far'], max: 0.5 },
        kinds: { check: 'drift', method: 'total_variation', reference: 'a', current: 'b', columns: ['kind'], max: 0.5 },
      },
    });
    const drift = plotOf(plots, 'drift');
    assert.deepEqual(
      drift.columns.map(({ name }) => name),
      ['far', 'near'],
    );
    const parts = new Map(outcomes['drift']?.parts?.map(({ name, value }) => [name, value]));
    for (const { name, value, noise } of drift.columns) {
      assert.equal(value, parts.get(name));
      assert.ok(noise !== null && noise > 0);
    }
    for (const { reference, current } of plots.flatMap((plot) => (plot.kind === 'drift' ? plot.distributions : []))) {
      for (const shares of [reference, current]) {
        assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
      }
    }
    const kinds = plots.findLast((plot) => plot.kind === 'drift');
    const [texts] = kinds?.kind === 'drift' ? kinds.distributions : [];
    const half = texts?.reference.reduce((sum, share, index) => sum + Math.abs(share - (texts.current[index] ?? 0)), 0);
    assert.ok(Math.abs((half ?? 0) / 2 - (outcomes['kinds']?.value ?? 1)) < 1e-12);
  });

  test('SHAP: importance is the mean size, the share is that which the check bounds, rows have their levels', async () => {
    const values = [
      [0.5, -0.1],
      [-0.3, 0.2],
      [0.4, 0],
    ];
    const { plots, outcomes } = await evaluated({
      run: { files: { 'shap.json': JSON.stringify({ values, feature_names: ['age', 'sum'], base_values: 0 }) } },
      checks: { shap: { check: 'explanation', method: 'shap', values: 'run:shap.json', max_top_share: 0.9 } },
    });
    const importance = plotOf(plots, 'importance');
    assert.deepEqual(
      importance.features.map(({ name }) => name),
      ['age', 'sum'],
    );
    assert.ok(Math.abs((importance.features[0]?.value ?? 0) - 0.4) < 1e-12);
    assert.equal(importance.features[0]?.share, outcomes['shap']?.value);
    assert.deepEqual(plotOf(plots, 'beeswarm').features[0]?.values, [0.5, -0.3, 0.4]);
  });

  test('SHAP of many rows: the extremes are drawn, and the quarters are of all rows', async () => {
    const values = Array.from({ length: 1_001 }, (_, row) => [Math.sin(row), 0.1 * Math.cos(row)]);
    // Neither lies where an equal step would come by.
    values[997] = [-40, 0];
    values[13] = [25, 0];
    const { plots } = await evaluated({
      run: { files: { 'shap.json': JSON.stringify({ values, feature_names: ['age', 'sum'], base_values: 0 }) } },
      checks: { shap: { check: 'explanation', method: 'shap', values: 'run:shap.json', max_top_share: 0.99 } },
    });
    const swarm = plotOf(plots, 'beeswarm');
    const [age] = swarm.features;
    assert.ok(swarm.shownRows < 170);
    assert.deepEqual([Math.min(...(age?.values ?? [])), Math.max(...(age?.values ?? []))], [-40, 25]);
    const sorted = values.map(([first = 0]) => first).toSorted((a, b) => a - b);
    assert.deepEqual(age?.quarters, [sorted[0], sorted[250], sorted[500], sorted[750], sorted[1_000]]);
  });

  test('LIME: what pushes up and what pushes down add up to the importance', async () => {
    const explanations = [
      {
        as_list: [
          ['age > 40', 0.3],
          ['sum <= 2', -0.2],
        ],
        score: 0.8,
      },
      { as_list: [['age > 40', -0.1]], score: 0.7 },
    ];
    const { plots } = await evaluated({
      run: { files: { 'lime.json': JSON.stringify({ explanations, feature_names: ['age', 'sum'] }) } },
      checks: { lime: { check: 'explanation', method: 'lime', values: 'run:lime.json', min_fidelity: 0.5 } },
    });
    for (const { value, up = 0, down = 0 } of plotOf(plots, 'importance').features) {
      assert.ok(Math.abs(up - down - value) < 1e-12);
    }
  });

  test('latency: the percentile that is bounded is the outcome’s value', async () => {
    const rows = Array.from({ length: 101 }, (_, row) => [(row * 37) % 101]);
    const { plots, outcomes } = await evaluated({
      files: { 'latency.csv': csv(['ms'], rows) },
      checks: { p95: { check: 'operations', path: 'latency.csv', column: 'ms', statistic: 'p95', max: 100 } },
    });
    const { percents, values } = plotOf(plots, 'percentiles');
    assert.equal(values[percents.indexOf(95)], outcomes['p95']?.value);
  });

  test('folds: the points that were logged, and their mean', async () => {
    const { plots } = await evaluated({
      run: { metrics: { cv: [0.7, 0.8, 0.9] } },
      checks: { folds: { check: 'stability', logged: 'cv', statistic: 'sd', max: 0.2 } },
    });
    const { steps, values, about } = plotOf(plots, 'steps');
    assert.deepEqual(
      [steps, values],
      [
        [0, 1, 2],
        [0.7, 0.8, 0.9],
      ],
    );
    assert.ok('mean' in about && Math.abs(about.mean - 0.8) < 1e-12);
  });

  test('ranking: at a check’s k the curve has the check’s value', async () => {
    const rows = Array.from({ length: 120 }, (_, row) => [row % 12, (row * 7) % 4 === 0 ? 1 : 0, (row * 0.618) % 1]);
    const { plots, outcomes } = await evaluated({
      task: 'ranking',
      files: { 'rows.csv': csv(['q', 'y', 'p'], rows) },
      datasets: { d: { path: 'rows.csv', query: 'q', label: 'y', score: 'p' } },
      checks: { ndcg: { check: 'metric', metric: 'ndcg_at_k', dataset: 'd', k: 4, min: 0 } },
    });
    const { ks, curves, judged } = plotOf(plots, 'ranking');
    assert.equal(curves[0]?.values[ks.indexOf(4)], outcomes['ndcg']?.value);
    assert.deepEqual(judged, [{ check: 'ndcg', metric: 'ndcg_at_k', k: 4, bound: { min: 0 } }]);
  });

  test('regression: the residuals’ mean size is the mean absolute error, and many rows become a grid that holds all', async () => {
    const rows = Array.from({ length: 2_000 }, (_, row) => [row % 50, (row % 50) + ((row * 0.618) % 1) - 0.5]);
    const cases = [rows.slice(0, 40), rows];
    for (const some of cases) {
      const { plots, outcomes } = await evaluated({
        task: 'regression',
        files: { 'rows.csv': csv(['y', 'z'], some) },
        datasets: { d: { path: 'rows.csv', label: 'y', prediction: 'z' } },
        checks: { mae: { check: 'metric', metric: 'mean_absolute_error', dataset: 'd', max: 1 } },
      });
      const { points, grid, counts } = plotOf(plots, 'residuals');
      const inGrid = grid?.counts.flat().reduce((sum, count) => sum + count, 0);
      assert.equal(inGrid ?? points.length, some.length);
      assert.equal(
        counts.reduce((sum, count) => sum + count, 0),
        some.length,
      );
      if (grid !== undefined) continue;
      const mean = points.reduce((sum, [, residual]) => sum + Math.abs(residual), 0) / points.length;
      assert.ok(Math.abs(mean - (outcomes['mae']?.value ?? 0)) < 1e-12);
    }
  });

  test('against: the drop of the outcome with its interval', async () => {
    const table = (shift: number) =>
      csv(
        ['id', 'y', 'p'],
        Array.from({ length: 300 }, (_, row) => [
          row,
          row % 2,
          Math.min(1, ((row * 0.618) % 1) * 0.6 + (row % 2) * shift),
        ]),
      );
    const check: Check = {
      ...{ check: 'metric', metric: 'roc_auc', dataset: 'd', against: 'production', max_drop: 0.1, confidence: 0.95 },
    };
    const { plots, outcomes } = await evaluated({
      run: { files: { 'rows.csv': table(0.2) } },
      others: { old: { files: { 'rows.csv': table(0.21) } } },
      baselines: approvedIn('old'),
      datasets: { d: { ...ROWS, path: 'run:rows.csv', key: 'id' } },
      checks: { worse: check },
    });
    const [item] = plotOf(plots, 'parts').blocks[0]?.items ?? [];
    assert.equal(item?.value, outcomes['worse']?.value);
    assert.deepEqual(item?.interval, outcomes['worse']?.interval);
  });

  test('a logged metric over the runs stands in the order in which they began, this run marked', () => {
    const run = (id: string, startTime: number, value: number) =>
      ({ id, name: id, startTime, metrics: new Map([['loss', { step: 0, timestamp: 0, value }]]) }) as unknown as Run;
    const runs = [run('c', 3, 0.1), run('a', 1, 0.3), run('b', 2, Number.NaN)];
    const policy = { checks: { loss: { check: 'metric', logged: 'loss', max: 0.2 } } } as unknown as Policy;
    const [plot] = runsPlots(policy, runs[0] as Run, runs);
    assert.deepEqual(
      plot?.points.map((point) => [point.run, point.value, point.isThis]),
      [
        ['a', 0.3, false],
        ['c', 0.1, true],
      ],
    );
    assert.deepEqual(plot?.bound, { max: 0.2 });
  });

  test('a number that no other picture is about still has one', async () => {
    const { plots } = await evaluated({
      run: { metrics: { loss: [0.1] } },
      checks: { loss: { check: 'metric', logged: 'loss', max: 0.2 } },
    });
    assert.deepEqual(plots, [{ kind: 'values', id: 'values', checks: ['loss'] }]);
  });
});
