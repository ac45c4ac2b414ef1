import { fail, type Result, succeed } from '../../base/result.ts';
import { countOf } from '../../base/text.ts';

/** Which axis of an array of SHAP values is which; -1 where the array has no such axis. */
export interface Orientation {
  readonly rows: number;
  readonly features: number;
  readonly outputs: number;
  /** Where a value stands in C order. */
  place(row: number, feature: number, output: number): number;
}

/** What else is known: the number of features, of rows, and the shape of the base values. */
export interface KnownLengths {
  readonly features: number | undefined;
  readonly rows: number | undefined;
  readonly base: readonly number[] | undefined;
}

/**
 * Tells the axes of SHAP values apart: (rows, features), or for a model of several outputs (rows, features, outputs)
 * since SHAP 0.45, and (outputs, rows, features) before, where a list of arrays was saved (shap#3318, shap#3549). The
 * number of features and of rows decide; where both readings fit, or the array may hold interaction values (rows,
 * features, features), nothing is guessed. Problems continue "the explanation …".
 */
export function orientationOf(shape: readonly number[], known: KnownLengths): Result<Orientation> {
  const [first = 0, second = 0, third = 0] = shape;
  if (shape.length === 1) {
    if (known.features !== first) return wrongShape(shape, known);
    return succeed({ rows: 1, features: first, outputs: 1, place: (_, feature) => feature });
  }
  if (shape.length === 2) {
    if (!fits(known, first, second)) return wrongShape(shape, known);
    return succeed({
      rows: first,
      features: second,
      outputs: 1,
      place: (row, feature) => row * second + feature,
    });
  }
  if (shape.length !== 3) return wrongShape(shape, known);
  if (known.features === undefined) {
    return fail(
      'explanation-axes',
      'has values for several outputs, and which axis is which can only be told by the number of features; name them in `columns`',
    );
  }
  const candidates: Orientation[] = [];
  if (fits(known, first, second) && !mayBeInteractions(shape, known)) {
    candidates.push({
      rows: first,
      features: second,
      outputs: third,
      place: (row, feature, output) => (row * second + feature) * third + output,
    });
  }
  if (fits(known, second, third)) {
    candidates.push({
      rows: second,
      features: third,
      outputs: first,
      place: (row, feature, output) => (output * second + row) * third + feature,
    });
  }
  const [only, other] = candidates;
  if (only === undefined) return wrongShape(shape, known);
  if (other !== undefined) {
    return fail(
      'explanation-axes',
      `has values of the shape ${inWords(shape)}, which can be read in two ways (outputs first, or outputs last); save the rows’ \`data\` beside them`,
    );
  }
  return succeed(only);
}

function fits(known: KnownLengths, rows: number, features: number): boolean {
  return (known.features ?? features) === features && (known.rows ?? rows) === rows;
}

/** (rows, features, features) are interaction values, unless the base values have one entry for each output. */
function mayBeInteractions([, second, third]: readonly number[], { base }: KnownLengths): boolean {
  return second === third && base?.at(-1) !== third;
}

function wrongShape(shape: readonly number[], { features, rows }: KnownLengths): Result<never> {
  const expected = [
    ...(features === undefined ? [] : [countOf(features, 'feature')]),
    ...(rows === undefined ? [] : [countOf(rows, 'row')]),
  ];
  const why = expected.length > 0 ? `, which does not fit its ${expected.join(' and ')}` : ', which is none of SHAP’s';
  return fail('explanation-shape', `has values of the shape ${inWords(shape)}${why}`);
}

function inWords(shape: readonly number[]): string {
  return `(${shape.join(', ')})`;
}
