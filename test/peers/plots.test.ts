import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Plot } from '../../src/checks/plots/plot.ts';
import type { Check } from '../../src/policy/schema.ts';
import { csv, evaluated, ROWS } from '../unit/checks/support/assess-rows.ts';
import { assertEqualTo12 } from './python.ts';
import { jsonFromPython, withoutPeers } from './run-python.ts';

interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly value: number;
}

interface Table {
  readonly name: string;
  readonly labels: readonly number[];
  readonly scores: readonly number[];
  readonly weights: readonly number[] | null;
  readonly roc: Curve;
  readonly pr: Curve;
  readonly base_rate: number;
  readonly confusion: readonly (readonly number[])[];
  readonly calibration?: { readonly predicted: readonly number[]; readonly observed: readonly number[] };
}

interface Peers {
  readonly peers: Readonly<Record<string, string>>;
  readonly tables: readonly Table[];
  readonly shap: {
    readonly names: readonly string[];
    readonly values: readonly (readonly number[])[];
    readonly data: readonly (readonly number[])[];
    readonly beeswarm: readonly { readonly name: string; readonly values: readonly number[] }[];
    readonly bars: readonly number[];
  };
}

const CHECKS: Readonly<Record<string, Check>> = {
  auc: { check: 'metric', metric: 'roc_auc', dataset: 'd', min: 0 },
  ap: { check: 'metric', metric: 'average_precision', dataset: 'd', min: 0 },
  recall: { check: 'metric', metric: 'recall', dataset: 'd', min: 0 },
  ece: { check: 'metric', metric: 'expected_calibration_error', dataset: 'd', max: 1 },
};

async function plotsOf({ labels, scores, weights }: Table): Promise<readonly Plot[]> {
  const rows = labels.map((label, row) => [label, scores[row] as number, weights?.[row] ?? 1]);
  const dataset = weights === null ? ROWS : { ...ROWS, weight: 'w' };
  const made = { files: { 'rows.csv': csv(['y', 'p', 'w'], rows) }, datasets: { d: dataset }, checks: CHECKS };
  return (await evaluated(made)).plots;
}

function plotOf<Kind extends Plot['kind']>(plots: readonly Plot[], kind: Kind): Extract<Plot, { kind: Kind }> {
  const found = plots.find((plot) => plot.kind === kind);
  assert.ok(found, kind);
  return found as Extract<Plot, { kind: Kind }>;
}

/** Every point that is drawn is one of the peer's; where few rows make few points, none of its corners is left out. */
function assertDrawsCurve(own: Extract<Plot, { kind: 'roc' | 'precision-recall' }>, peer: Curve, what: string): void {
  const [curve] = own.curves;
  assert.ok(curve);
  assertEqualTo12(curve.value, peer.value, what);
  for (const [point, x] of curve.points.x.entries()) {
    const y = curve.points.y[point] as number;
    const nearest = Math.min(...peer.x.map((other, at) => Math.hypot(other - x, (peer.y[at] as number) - y)));
    assert.ok(nearest < 1e-12, `${what}: (${x}, ${y}) is ${nearest} from scikit-learn’s curve`);
  }
  for (const [end, at] of [
    [curve.points.x[0], peer.x],
    [curve.points.x.at(-1), peer.x],
  ] as const) {
    assert.ok(end === Math.min(...at) || end === Math.max(...at), `${what}: ${end} is no end`);
  }
}

describe('what pictures draw beside scikit-learn’s and SHAP’s own plots', { skip: withoutPeers }, () => {
  let peers: Peers;
  before((context) => {
    peers = jsonFromPython('plots.py') as Peers;
    if ('diagnostic' in context) context.diagnostic(JSON.stringify(peers.peers));
  });

  test('curves go through points of RocCurveDisplay and PrecisionRecallDisplay, with their areas', async () => {
    assert.equal(peers.tables.length, 6);
    for (const table of peers.tables) {
      const plots = await plotsOf(table);
      assertDrawsCurve(plotOf(plots, 'roc'), table.roc, `ROC of ${table.name}`);
      const precisionRecall = plotOf(plots, 'precision-recall');
      assertDrawsCurve(precisionRecall, table.pr, `precision and recall of ${table.name}`);
      assertEqualTo12(precisionRecall.baseRates[0] ?? Number.NaN, table.base_rate, table.name);
    }
  });

  test('matrices and calibration are those of ConfusionMatrixDisplay and CalibrationDisplay', async () => {
    for (const table of peers.tables) {
      const plots = await plotsOf(table);
      assert.deepEqual(plotOf(plots, 'confusion').counts, table.confusion, table.name);
      if (table.calibration === undefined) continue;
      const { bins } = plotOf(plots, 'calibration');
      assert.equal(bins.length, table.calibration.predicted.length, table.name);
      for (const [bin, { predicted, observed }] of bins.entries()) {
        assertEqualTo12(predicted, table.calibration.predicted[bin] as number, `${table.name}, bin ${bin}`);
        assertEqualTo12(observed, table.calibration.observed[bin] as number, `${table.name}, bin ${bin}`);
      }
    }
  });

  test('SHAP’s beeswarm and bars have the same features in the same order, and the same values', async () => {
    const { names, values, data, beeswarm, bars } = peers.shap;
    const file = JSON.stringify({ values, data, feature_names: names, base_values: 0 });
    const { plots } = await evaluated({
      run: { files: { 'shap.json': file } },
      checks: { shap: { check: 'explanation', method: 'shap', values: 'run:shap.json', max_top_share: 1 } },
    });
    const swarm = plotOf(plots, 'beeswarm');
    assert.deepEqual(
      swarm.features.map(({ name, values: drawn }) => ({ name, values: drawn.toSorted((a, b) => a - b) })),
      beeswarm,
    );
    const importance = plotOf(plots, 'importance').features;
    assert.deepEqual(
      importance.map(({ name }) => name),
      beeswarm.map(({ name }) => name),
    );
    for (const [at, { value, name }] of importance.entries()) assertEqualTo12(value, bars[at] as number, name);
  });
});
