import fc from 'fast-check';

/** Rows of a binary classifier, as the metrics take them. */
export interface Rows {
  readonly labels: Uint8Array;
  readonly scores: Float64Array;
  readonly weights: Float64Array;
}

/** Scores from few values (ties) or many; labels from one class or both; weights are small whole numbers, 0 among them. */
export const rows: fc.Arbitrary<Rows> = fc
  .record({
    levels: fc.constantFrom(1, 2, 3, 10, 1_000_000),
    picks: fc.array(fc.tuple(fc.nat(1_000_000), fc.boolean(), fc.nat(3)), { minLength: 1, maxLength: 60 }),
  })
  .map(({ levels, picks }) => ({
    labels: Uint8Array.from(picks, ([, positive]) => (positive ? 1 : 0)),
    scores: Float64Array.from(picks, ([pick]) => (levels === 1 ? 0.5 : (pick % levels) / (levels - 1))),
    weights: Float64Array.from(picks, ([, , weight]) => weight),
  }));

export function reordered(given: Rows, order: readonly number[]): Rows {
  return {
    labels: Uint8Array.from(order, (row) => given.labels[row] as number),
    scores: Float64Array.from(order, (row) => given.scores[row] as number),
    weights: Float64Array.from(order, (row) => given.weights[row] as number),
  };
}

/** Each row as often as its weight says. */
export function repeated(given: Rows): Rows {
  const order = [...given.weights].flatMap((weight, row) => Array.from({ length: weight }, () => row));
  return reordered(given, order);
}

export const shuffledRows: fc.Arbitrary<{ given: Rows; shuffled: Rows }> = rows.chain((given) =>
  fc
    .shuffledSubarray([...given.labels.keys()], { minLength: given.labels.length })
    .map((order) => ({ given, shuffled: reordered(given, order) })),
);
