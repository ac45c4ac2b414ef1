import fc from 'fast-check';

/** Rows of a classifier of several classes. */
export interface ClassRows {
  readonly classes: number;
  readonly labels: Int32Array;
  readonly predictions: Int32Array;
  readonly scores: readonly Float64Array[];
  readonly weights: Float64Array;
}

/** Few classes or many, of which some may be absent; scores from few values, so that there are ties; whole weights. */
export const classRows: fc.Arbitrary<ClassRows> = fc
  .record({
    classes: fc.constantFrom(2, 3, 5, 50),
    picks: fc.array(
      fc.record({
        label: fc.nat(1000),
        prediction: fc.nat(1000),
        weight: fc.nat(3),
        scores: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 5, maxLength: 5 }),
      }),
      { minLength: 1, maxLength: 40 },
    ),
  })
  .map(({ classes, picks }) => ({
    classes,
    labels: Int32Array.from(picks, ({ label }) => label % classes),
    predictions: Int32Array.from(picks, ({ prediction }) => prediction % classes),
    scores: Array.from({ length: classes }, (_, one) =>
      Float64Array.from(picks, ({ scores }) => (scores[(one * 7) % scores.length] as number) / 8),
    ),
    weights: Float64Array.from(picks, ({ weight }) => weight),
  }));

export function reorderedClasses(given: ClassRows, order: readonly number[]): ClassRows {
  return {
    classes: given.classes,
    labels: Int32Array.from(order, (row) => given.labels[row] as number),
    predictions: Int32Array.from(order, (row) => given.predictions[row] as number),
    scores: given.scores.map((column) => Float64Array.from(order, (row) => column[row] as number)),
    weights: Float64Array.from(order, (row) => given.weights[row] as number),
  };
}

export function repeatedClasses(given: ClassRows): ClassRows {
  return reorderedClasses(
    given,
    [...given.weights].flatMap((weight, row) => Array.from({ length: weight }, () => row)),
  );
}

export const shuffledClassRows = classRows.chain((given) =>
  fc
    .shuffledSubarray([...given.labels.keys()], { minLength: given.labels.length })
    .map((order) => ({ given, shuffled: reorderedClasses(given, order) })),
);

/** The same rows with class c called `names[c]`. */
export const renamedClassRows = classRows.chain((given) =>
  fc.shuffledSubarray([...given.scores.keys()], { minLength: given.classes }).map((names) => ({
    given,
    renamed: {
      ...given,
      labels: given.labels.map((label) => names[label] as number),
      predictions: given.predictions.map((prediction) => names[prediction] as number),
      scores: given.scores.map((_, name) => given.scores[names.indexOf(name)] as Float64Array),
    },
  })),
);
