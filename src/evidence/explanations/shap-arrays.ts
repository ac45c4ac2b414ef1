import { fail, type Result, succeed } from '../../base/result.ts';
import { countOf, listInWords } from '../../base/text.ts';
import type { Column } from '../column-buffers.ts';
import type { NpyArray, NumberArray } from '../npy.ts';
import {
  type Attributions,
  type ExplanationHints,
  namesWithRole,
  type OwnPredictions,
  ROLE_NAMES,
  type Role,
} from './explanation.ts';
import { featureNames } from './feature-names.ts';
import { asNumbers, type NamedArrays } from './named-arrays.ts';
import { type Orientation, orientationOf } from './orientation.ts';

/**
 * SHAP values out of named arrays (`values` or `shap_values`, and `base_values`, `data`, `feature_names`,
 * `predictions`… where they are). Problems continue "the explanation …".
 */
export function shapOfArrays(arrays: NamedArrays, hints: ExplanationHints): Result<Attributions> {
  const read = readRoles(arrays);
  if (!read.ok) return read;
  const { values, base, data, features, outputs } = read.value;
  if (values === undefined) {
    const held = listInWords(arrays.names.slice(0, 8).map((name) => `“${name}”`));
    return fail('explanation-values', `has no array “values” or “shap_values”; it has ${held}`);
  }
  const names = featureNames(textsOf(features), hints, data?.shape.length === 2 ? data.shape[1] : undefined);
  if (!names.ok) return names;
  const oriented = orientationOf(values.shape, {
    features: names.value.count ?? signatureCount(values, hints),
    rows: rowsKnown(read.value),
    base: base?.shape,
  });
  if (!oriented.ok) return oriented;
  const axes = oriented.value;
  if (axes.rows === 0 || axes.features === 0) return fail('explanation-empty', 'explains no row');
  const output = axes.outputs === 1 ? succeed(0) : hints.chooseOutput(axes.outputs, textsOf(outputs));
  if (!output.ok) return output;
  const picked = pickOutput(values, axes, output.value);
  if (!picked.ok) return picked;
  const bases = base && baseValues(base, axes, output.value, (count) => hints.chooseOutput(count, textsOf(outputs)));
  if (bases && !bases.ok) return bases;
  const predictions = ownPredictions(read.value, axes, (count) => hints.chooseOutput(count, textsOf(outputs)));
  if (!predictions.ok) return predictions;
  const keys = keysOf(arrays, hints.key, axes.rows);
  if (!keys.ok) return keys;
  return succeed({
    kind: 'attributions',
    rows: axes.rows,
    featureCount: axes.features,
    features: names.value.names ?? signatureNames(axes.features, hints),
    values: picked.value,
    data: featureData(data, axes),
    base: bases?.value,
    predictions: predictions.value,
    keys: keys.value,
    setAside: [],
  });
}

interface Roles {
  readonly values: NumberArray | undefined;
  readonly base: NumberArray | undefined;
  readonly data: NpyArray | undefined;
  readonly features: NpyArray | undefined;
  readonly outputs: NpyArray | undefined;
  readonly linkPredictions: NumberArray | undefined;
  readonly predictions: NumberArray | undefined;
}

const NUMERIC_ROLES: readonly Role[] = ['values', 'base', 'linkPredictions', 'predictions'];

function readRoles(arrays: NamedArrays): Result<Roles> {
  const found: Partial<Record<Role, NpyArray>> = {};
  for (const role of Object.keys(ROLE_NAMES) as Role[]) {
    const [name, ...others] = namesWithRole(arrays.names, role);
    if (name === undefined) continue;
    if (others.length > 0) {
      return fail('explanation-twice', `has both “${name}” and “${others[0]}”, which mean the same; keep one`);
    }
    const read = arrays.read(name);
    // Only their shape is of interest, and the rows' data may well be objects.
    if (role === 'data' && !read?.ok) continue;
    if (read === undefined) continue;
    if (!read.ok) return fail(read.problem.code, `can’t be used: its array “${name}” ${read.problem.message}`);
    const array = NUMERIC_ROLES.includes(role) ? asNumbers(read.value) : read;
    if (!array.ok) return fail(array.problem.code, `can’t be used: its array “${name}” ${array.problem.message}`);
    found[role] = array.value;
  }
  return succeed({
    values: numeric(found.values),
    base: numeric(found.base),
    data: found.data,
    features: found.features,
    outputs: found.outputs,
    linkPredictions: numeric(found.linkPredictions),
    predictions: numeric(found.predictions),
  });
}

/** In the order of the values only where their shape says so: rows, then features. */
function featureData(data: NpyArray | undefined, { rows, features }: Orientation): Float64Array | undefined {
  if (data?.kind !== 'number' || rows === features) return undefined;
  return data.shape.length === 2 && data.shape[0] === rows && data.shape[1] === features ? data.values : undefined;
}

function numeric(array: NpyArray | undefined): NumberArray | undefined {
  return array?.kind === 'number' ? array : undefined;
}

function textsOf(array: NpyArray | undefined): readonly string[] | undefined {
  if (array === undefined || array.shape.length !== 1) return undefined;
  return array.kind === 'text' ? array.values : Array.from(array.values, String);
}

function rowsKnown({ data, linkPredictions, predictions }: Roles): number | undefined {
  return data?.shape.length === 2 ? data.shape[0] : (linkPredictions ?? predictions)?.shape[0];
}

/** The model's signature tells the number of features where the values can't have another. */
function signatureCount({ shape }: NumberArray, { signature }: ExplanationHints): number | undefined {
  return signature !== undefined && shape.slice(shape.length === 3 ? 1 : -1).includes(signature.length)
    ? signature.length
    : undefined;
}

function signatureNames(count: number, { signature }: ExplanationHints): readonly string[] | undefined {
  return signature?.length === count ? signature : undefined;
}

function pickOutput(values: NumberArray, axes: Orientation, output: number): Result<Float64Array> {
  const picked = new Float64Array(axes.rows * axes.features);
  for (let row = 0, at = 0; row < axes.rows; row += 1) {
    for (let feature = 0; feature < axes.features; feature += 1, at += 1) {
      const value = values.values[axes.place(row, feature, output)] as number;
      if (!Number.isFinite(value)) {
        return fail('explanation-not-finite', `has no finite value for feature ${feature + 1} in row ${row + 1}`);
      }
      picked[at] = value;
    }
  }
  return succeed(picked);
}

type Choose = (outputs: number) => Result<number>;

/** One for all rows, one for each row, one for each output, or one for each row and output. */
function baseValues(base: NumberArray, axes: Orientation, output: number, choose: Choose): Result<Float64Array> {
  const { shape, values } = base;
  const { rows, outputs } = axes;
  const [first = 1, second = 1] = shape;
  if (values.length === 1) return succeed(values);
  if (shape.length === 1 && first === rows && first !== outputs) return succeed(values);
  if (shape.length === 1 && first !== rows) {
    if (outputs !== 1 && outputs !== first) return wrongBase(shape);
    const chosen = outputs === first ? succeed(output) : choose(first);
    return chosen.ok ? succeed(values.slice(chosen.value, chosen.value + 1)) : chosen;
  }
  if (shape.length === 2 && first === rows && (second === outputs || outputs === 1)) {
    const chosen = second === 1 ? succeed(0) : second === outputs ? succeed(output) : choose(second);
    return chosen.ok ? succeed(columnAt(values, rows, second, chosen.value)) : chosen;
  }
  return wrongBase(shape);
}

function wrongBase(shape: readonly number[]): Result<never> {
  return fail('explanation-shape', `has base values of the shape (${shape.join(', ')}), which do not fit its values`);
}

function ownPredictions(roles: Roles, { rows }: Orientation, choose: Choose): Result<OwnPredictions | undefined> {
  const onLink = roles.linkPredictions !== undefined;
  const array = roles.linkPredictions ?? roles.predictions;
  if (array === undefined) return succeed(undefined);
  const name = onLink ? 'link predictions' : 'predictions';
  const [first = 1, second = 1] = array.shape;
  const fits = array.shape.length <= 2 && (array.shape.length === 0 ? rows === 1 : first === rows);
  if (!fits) {
    return fail(
      'explanation-shape',
      `has ${name} of the shape (${array.shape.join(', ')}) for ${countOf(rows, 'row')}`,
    );
  }
  const chosen = second === 1 ? succeed(0) : choose(second);
  if (!chosen.ok) return chosen;
  const values = columnAt(array.values, rows, second, chosen.value);
  return succeed({ name, values, scale: onLink ? 'link' : 'output' });
}

function columnAt(values: Float64Array, rows: number, width: number, column: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => values[row * width + column] as number);
}

function keysOf(arrays: NamedArrays, name: string | undefined, rows: number): Result<Column | undefined> {
  const read = name === undefined ? undefined : arrays.read(name);
  if (read === undefined) return succeed(undefined);
  if (!read.ok) return fail(read.problem.code, `can’t be used: its array “${name}” ${read.problem.message}`);
  const array = read.value;
  if (array.shape.length !== 1 || array.shape[0] !== rows) {
    return fail('explanation-shape', `has the keys “${name}” for another number of rows than it explains`);
  }
  return succeed(array.kind === 'number' ? numberKeys(array.values) : textKeys(array.values));
}

function numberKeys(values: Float64Array): Column {
  const nans = values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
  return { kind: 'number', values, nulls: 0, nans };
}

function textKeys(values: readonly string[]): Column {
  const codes = new Map<string, number>();
  for (const value of values) if (!codes.has(value)) codes.set(value, codes.size);
  const coded = Int32Array.from(values, (value) => codes.get(value) as number);
  return { kind: 'text', codes: coded, categories: [...codes.keys()], nulls: 0 };
}
