import { csv, ROWS, type TestCase } from '../../../checks/support/assess-rows.ts';

/** Checks of every kind that has a picture, over groups and a column of these names. */
export function everyKind(group: string, column: string): TestCase {
  const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  const rows = Array.from({ length: 240 }, (_, row) => [
    ...[row % 2, Math.round((((row * 0.618) % 1) * 0.6 + (row % 2) * 0.4) * 1000) / 1000],
    ...[row % 3 === 0 ? quoted(group) : 'other', (row * 0.7548) % 1, row],
  ]);
  const shap = {
    values: [
      [0.2, -0.1],
      [0.1, 0.3],
    ],
    feature_names: [column, 'plain'],
    base_values: 0,
  };
  const lime = {
    explanations: [
      {
        as_list: [
          [column, 0.3],
          ['plain', -0.2],
        ],
        score: 0.8,
      },
    ],
    feature_names: [column, 'plain'],
  };
  const ofRows = { check: 'metric', dataset: 'd' } as const;
  return {
    files: {
      'rows.csv': csv(['y', 'p', 'g', quoted(column), 'id'], rows),
      'other.csv': csv(['y', 'p', 'g', quoted(column), 'id'], rows.slice(100)),
    },
    run: {
      metrics: { [column]: [0.7, 0.8, 0.9] },
      files: { 'shap.json': JSON.stringify(shap), 'lime.json': JSON.stringify(lime) },
    },
    datasets: {
      d: { ...ROWS, groups: { g: { privileged: 'other' } } },
      e: { path: 'other.csv', label: 'y', score: 'p' },
    },
    checks: {
      auc: { ...ofRows, metric: 'roc_auc', min: 0.5, confidence: 0.95 },
      ap: { ...ofRows, metric: 'average_precision', min: 0.5 },
      recall: { ...ofRows, metric: 'recall', min: 0.2 },
      ece: { ...ofRows, metric: 'expected_calibration_error', max: 0.9 },
      profit: { ...ofRows, metric: 'expected_value', payoff: { tp: 1, fp: -1, fn: -1, tn: 1 }, min: -1 },
      slices: { ...ofRows, metric: 'recall', by: 'g', min: 0.1 },
      parity: { check: 'fairness', metric: 'statistical_parity_difference', dataset: 'd', group: 'g', max_abs: 0.9 },
      drift: { check: 'drift', method: 'ks', reference: 'd', current: 'e', columns: [column], max: 0.9 },
      gap: { check: 'gap', metric: 'accuracy', datasets: ['d', 'e'], max: 0.9 },
      folds: { check: 'stability', logged: column, statistic: 'sd', max: 0.5 },
      last: { check: 'metric', logged: column, max: 1 },
      shap: { check: 'explanation', method: 'shap', values: 'run:shap.json', max_top_share: 0.9 },
      lime: { check: 'explanation', method: 'lime', values: 'run:lime.json', min_fidelity: 0.5 },
      late: { check: 'operations', path: 'rows.csv', column: 'id', statistic: 'p95', max: 1000 },
    },
  };
}
