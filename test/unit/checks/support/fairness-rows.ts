import { type Result, succeed } from '../../../../src/base/result.ts';
import type { CheckContext, Finding } from '../../../../src/checks/check-context.ts';
import { checkFairness } from '../../../../src/checks/fairness.ts';
import { columnKey, datasetRows } from '../../../../src/checks/rows/dataset-rows.ts';
import type { Column } from '../../../../src/evidence/column-buffers.ts';
import type { Task } from '../../../../src/policy/metric-names.ts';
import type { Dataset, FairnessCheck, Group } from '../../../../src/policy/schema.ts';

/** Rows of a classifier (or a regression), one array per column; what is absent is not declared. */
export interface FairnessRows {
  readonly groups: Readonly<Record<string, readonly (string | number | null)[]>>;
  readonly labels?: readonly number[];
  readonly predictions: readonly number[];
  readonly scores?: readonly number[];
  readonly weights?: readonly number[];
  readonly units?: readonly number[];
}

export interface Declared {
  readonly groups?: Readonly<Record<string, Group>>;
  readonly task?: Task;
}

/** Evaluates a fairness check on rows that never were in a file. */
export function fairnessOn(
  rows: FairnessRows,
  check: Omit<FairnessCheck, 'check' | 'dataset'>,
  declared: Declared = {},
): Promise<Finding> {
  const task = declared.task ?? 'binary';
  const groups = declared.groups ?? Object.fromEntries(Object.keys(rows.groups).map((name) => [name, {}]));
  const dataset: Dataset = {
    path: 'rows.csv',
    prediction: 'prediction',
    groups,
    ...(rows.labels ? { label: 'label' } : {}),
    ...(rows.scores ? { score: 'score' } : {}),
    ...(rows.weights ? { weight: 'weight' } : {}),
    ...(rows.units ? { unit: 'unit' } : {}),
  };
  const columns = new Map<string, Result<Column>>();
  for (const [name, values] of Object.entries({
    label: rows.labels,
    prediction: rows.predictions,
    score: rows.scores,
    weight: rows.weights,
    unit: rows.units,
    ...rows.groups,
  })) {
    if (values === undefined) continue;
    for (const as of ['value', 'number'] as const) columns.set(columnKey(name, as), succeed(columnOf(values)));
  }
  const table = { rows: rows.predictions.length, columns };
  const loaded = { name: 'holdout', rows: datasetRows(table, dataset, 'holdout', task), evidence: [] };
  const context = { tables: { load: async () => ({ ok: true, value: loaded }) } } as unknown as CheckContext;
  return checkFairness({ check: 'fairness', dataset: 'holdout', ...check }, context);
}

function columnOf(values: readonly (string | number | null)[]): Column {
  const nulls = values.filter((value) => value === null).length;
  if (!values.some((value) => typeof value === 'string')) {
    return {
      kind: 'number',
      values: Float64Array.from(values, (value) => Number(value ?? Number.NaN)),
      nulls,
      nans: 0,
    };
  }
  const categories = [...new Set(values.flatMap((value) => (value === null ? [] : [String(value)])))];
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : categories.indexOf(String(value))));
  return { kind: 'text', codes, categories, nulls };
}
