import type { Check } from '../../../../../src/policy/schema.ts';
import { approvedIn, csv, ROWS, type TestCase } from '../../../checks/support/assess-rows.ts';

/** What `everyKind` leaves out: other tasks, weights, classes, runs against each other, and what does not hold. */
export const FURTHER_KINDS: Readonly<Record<string, TestCase>> = {
  weighted: {
    files: {
      'rows.csv': csv(
        ['y', 'p', 'g', 'w'],
        many(200, (row, even) => [row % 2, even, row < 6 ? 'small' : 'large', (row % 5) + 1]),
      ),
    },
    datasets: { d: { ...ROWS, weight: 'w', groups: { g: {} } } },
    checks: {
      auc: metric('roc_auc', { min: 0.9, confidence: 0.9 }),
      ece: metric('expected_calibration_error', { min: undefined, max: 0.9 }),
      recall: metric('recall', { by: 'g', min: 0.9, min_rows: 20 }),
    },
  },
  classes: {
    task: 'multiclass',
    files: {
      'rows.csv': csv(
        ['y', 'c', 'd', 'e'],
        many(90, (row, even) => [
          ['cat', 'dog', 'eel'][row % 3] ?? '',
          even * 0.8,
          (1 - even * 0.8) / 4,
          ((1 - even * 0.8) * 3) / 4,
        ]),
      ),
    },
    datasets: { d: { path: 'rows.csv', label: 'y', scores: { cat: 'c', dog: 'd', eel: 'e' } } },
    checks: {
      auc: metric('roc_auc', { min: 0.1, multi_class: 'ovr', average: 'macro' }),
      accuracy: metric('accuracy', { min: 0.1 }),
    },
  },
  'few numbers': regression(40),
  'many numbers': regression(2_000),
  ranking: {
    task: 'ranking',
    files: {
      'rows.csv': csv(
        ['q', 'y', 'p'],
        many(120, (row, even) => [row % 12, (row * 7) % 4 === 0 ? 1 : 0, even]),
      ),
    },
    datasets: { d: { path: 'rows.csv', query: 'q', label: 'y', score: 'p' } },
    checks: { ndcg: metric('ndcg_at_k', { k: 4, min: 0 }) },
  },
  against: {
    run: { files: { 'rows.csv': keyed(0.2) } },
    others: { old: { files: { 'rows.csv': keyed(0.21) } } },
    baselines: approvedIn('old'),
    datasets: { d: { ...ROWS, path: 'run:rows.csv', key: 'id' } },
    checks: { worse: metric('roc_auc', { min: undefined, against: 'production', max_drop: 0.1, confidence: 0.95 }) },
  },
  agreement: {
    run: { metrics: { auc: [0.6] } },
    files: { 'rows.csv': keyed(0.2) },
    datasets: { d: ROWS },
    checks: { same: { check: 'agreement', metric: 'roc_auc', logged: 'auc', dataset: 'd', tolerance: 0.5 } },
  },
  values: {
    run: { metrics: { loss: [0.1] } },
    checks: { loss: { check: 'metric', logged: 'loss', max: 0.2 }, none: { check: 'metric', logged: 'none', max: 1 } },
  },
};

function metric(name: string, more: object): Check {
  return { check: 'metric', metric: name, dataset: 'd', ...more } as Check;
}

/** Rows, each made of its number and one that is spread evenly from 0 to 1. */
function many<Row>(count: number, rowOf: (row: number, even: number) => Row): readonly Row[] {
  return Array.from({ length: count }, (_, row) => rowOf(row, (row * 0.618) % 1));
}

function regression(count: number): TestCase {
  return {
    task: 'regression',
    files: {
      'rows.csv': csv(
        ['y', 'z'],
        many(count, (row, even) => [row % 50, (row % 50) + even - 0.5]),
      ),
    },
    datasets: { d: { path: 'rows.csv', label: 'y', prediction: 'z' } },
    checks: { mae: metric('mean_absolute_error', { max: 1 }) },
  };
}

function keyed(shift: number): string {
  return csv(
    ['id', 'y', 'p'],
    many(300, (row, even) => [row, row % 2, Math.min(1, even * 0.6 + (row % 2) * shift)]),
  );
}
