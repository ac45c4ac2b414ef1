import { fail, type Result, succeed } from '../../base/result.ts';
import { countOf } from '../../base/text.ts';
import type { Column } from '../column-buffers.ts';
import { MOST_ELEMENTS } from '../npy.ts';
import { type Explanation, type ExplanationHints, namesWithRole, type OwnPredictions } from './explanation.ts';
import { featureNames } from './feature-names.ts';

/** A table of an explanation: from a CSV, TSV or Parquet file, or from JSON records. */
export interface ExplanationTable {
  readonly names: readonly string[];
  readonly rows: number;
  numbers(name: string): Result<Float64Array>;
  /** Texts, or numbers written as texts. */
  texts(name: string): Result<readonly string[]>;
  keys(name: string): Result<Column>;
}

const FEATURE_COLUMNS: readonly string[] = ['feature', 'feature_name', 'col_name', 'variable'];
const IMPORTANCE_COLUMNS: readonly string[] = [
  'importance',
  'mean_abs_shap',
  'mean_abs_shap_value',
  'mean_shap',
  'shap_importance',
  'feature_importance_vals',
  'feature_importance',
];
/** The index that pandas writes when it is not told otherwise. */
const INDEX_COLUMNS: readonly string[] = ['', 'unnamed: 0', 'column0', '__index_level_0__'];

export function isImportanceTable(names: readonly string[]): boolean {
  return withNames(names, FEATURE_COLUMNS).length === 1 && withNames(names, IMPORTANCE_COLUMNS).length === 1;
}

/** What is read as text; everything else is read as numbers. */
export function isTextColumn(name: string): boolean {
  return FEATURE_COLUMNS.includes(name.toLowerCase());
}

/**
 * SHAP values out of a table: one column for each feature and one row for each explained row (beside them, base values,
 * predictions and the rows' key), or one row for each feature with its importance. Problems continue "the explanation …".
 */
export function shapOfTable(table: ExplanationTable, hints: ExplanationHints): Result<Explanation> {
  if (table.rows === 0) return fail('explanation-empty', 'has no rows');
  return isImportanceTable(table.names) ? importances(table, hints) : attributions(table, hints);
}

function importances(table: ExplanationTable, hints: ExplanationHints): Result<Explanation> {
  const [featureColumn = ''] = withNames(table.names, FEATURE_COLUMNS);
  const [importanceColumn = ''] = withNames(table.names, IMPORTANCE_COLUMNS);
  const texts = table.texts(featureColumn);
  if (!texts.ok) return texts;
  const names = featureNames(texts.value, { columns: undefined }, undefined);
  if (!names.ok) return names;
  const values = table.numbers(importanceColumn);
  if (!values.ok) return values;
  return importancesOf(texts.value, values.value, hints);
}

/** Importances by feature, checked: every one finite, none negative. */
export function importancesOf(
  features: readonly string[],
  values: Float64Array,
  { columns }: Pick<ExplanationHints, 'columns'>,
): Result<Explanation> {
  const wrong = values.findIndex((value) => !(Number.isFinite(value) && value >= 0));
  if (wrong >= 0) {
    return fail('explanation-not-finite', `has an importance of “${features[wrong]}” that is negative or not a number`);
  }
  const unknown = columns && features.find((name) => !columns.includes(name));
  if (columns && (unknown !== undefined || features.length !== columns.length)) {
    return fail('explanation-features', 'names other features than the policy’s `columns`');
  }
  return succeed({ kind: 'importances', features, featureCount: features.length, values, setAside: [] });
}

function attributions(table: ExplanationTable, hints: ExplanationHints): Result<Explanation> {
  const roles = {
    base: namesWithRole(table.names, 'base'),
    linkPredictions: namesWithRole(table.names, 'linkPredictions'),
    predictions: namesWithRole(table.names, 'predictions'),
  };
  const setAside = table.names.filter((name) => {
    const inRole = Object.values(roles).some((names) => names.includes(name));
    return inRole || name === hints.key || INDEX_COLUMNS.includes(name.toLowerCase());
  });
  const features = hints.columns ?? table.names.filter((name) => !setAside.includes(name));
  const missing = features.find((name) => !table.names.includes(name));
  if (missing !== undefined)
    return fail('explanation-features', `has no column “${missing}” with the values of that feature`);
  if (features.length === 0) return fail('explanation-features', 'has no column that could be a feature');
  const names = featureNames(features, { columns: undefined }, undefined);
  if (!names.ok) return names;
  if (table.rows * features.length > MOST_ELEMENTS) {
    return fail('explanation-too-large', `has more than ${countOf(MOST_ELEMENTS, 'value')}`);
  }
  const values = valuesOf(table, features);
  if (!values.ok) return values;
  const base = onlyColumn(
    table,
    roles.base.filter((name) => !features.includes(name)),
  );
  if (!base.ok) return base;
  const predictions = predictionsOf(table, roles, features);
  if (!predictions.ok) return predictions;
  const keyed = hints.key !== undefined && table.names.includes(hints.key) && !hints.columns?.includes(hints.key);
  const keys = keyed ? table.keys(hints.key as string) : undefined;
  if (keys && !keys.ok) return keys;
  return succeed({
    kind: 'attributions',
    rows: table.rows,
    featureCount: features.length,
    features,
    values: values.value,
    base: base.value,
    predictions: predictions.value,
    keys: keys?.value,
    // With the features named by the policy, a column in a known role is clear; any other one is not.
    setAside: hints.columns
      ? table.names.filter((name) => !features.includes(name) && !setAside.includes(name))
      : setAside,
  });
}

function valuesOf(table: ExplanationTable, features: readonly string[]): Result<Float64Array> {
  const values = new Float64Array(table.rows * features.length);
  for (const [at, name] of features.entries()) {
    const column = table.numbers(name);
    if (!column.ok) return column;
    const wrong = column.value.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) {
      return fail('explanation-not-finite', `has no finite value for the feature “${name}” in row ${wrong + 1}`);
    }
    for (let row = 0; row < table.rows; row += 1) values[row * features.length + at] = column.value[row] as number;
  }
  return succeed(values);
}

function predictionsOf(
  table: ExplanationTable,
  roles: { readonly linkPredictions: readonly string[]; readonly predictions: readonly string[] },
  features: readonly string[],
): Result<OwnPredictions | undefined> {
  for (const scale of ['link', 'output'] as const) {
    const names = (scale === 'link' ? roles.linkPredictions : roles.predictions).filter(
      (name) => !features.includes(name),
    );
    const column = onlyColumn(table, names);
    if (!column.ok) return column;
    if (column.value) return succeed({ name: `column “${names[0]}”`, values: column.value, scale });
  }
  return succeed(undefined);
}

function onlyColumn(table: ExplanationTable, names: readonly string[]): Result<Float64Array | undefined> {
  const [name, other] = names;
  if (name === undefined) return succeed(undefined);
  if (other !== undefined) {
    return fail('explanation-twice', `has both “${name}” and “${other}”, which mean the same; keep one`);
  }
  return table.numbers(name);
}

function withNames(names: readonly string[], wanted: readonly string[]): readonly string[] {
  return names.filter((name) => wanted.includes(name.toLowerCase()));
}
