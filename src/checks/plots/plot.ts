/**
 * What pictures are drawn from: plain numbers, few enough to be sent anywhere, made from the very rows and sums that
 * the checks judged. A plot decides nothing, and none is part of an assessment.
 */
interface Common {
  /** Unique within a run: its kind and what it is of, e.g. `roc/holdout`. */
  readonly id: string;
  /** Ids of the checks that it explains, in the order in which they were evaluated. */
  readonly checks: readonly string[];
}

/** A line of points; `thresholds` where each has one: Infinity is written as null, which JSON can hold. */
export interface CurvePoints {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly thresholds: readonly (number | null)[];
  /** Ends of the interval of `y` at each point; undefined where none can be given. */
  readonly band: { readonly low: readonly number[]; readonly high: readonly number[] } | undefined;
}

export interface OperatingPoint {
  readonly x: number;
  readonly y: number;
  /** undefined where a column holds the predictions. */
  readonly threshold: number | undefined;
}

/** A curve of a classifier: one line for two classes, else one for each class against the rest. */
interface ClassifierCurve extends Common {
  readonly dataset: string;
  readonly curves: readonly {
    /** The class; empty for two classes. */
    readonly name: string;
    readonly points: CurvePoints;
    /** The metric of the whole curve, from all rows. */
    readonly value: number;
  }[];
  readonly operating: OperatingPoint | undefined;
  readonly confidence: number;
  readonly rows: number;
}

export interface RocPlot extends ClassifierCurve {
  readonly kind: 'roc';
}

export interface PrecisionRecallPlot extends ClassifierCurve {
  readonly kind: 'precision-recall';
  /** Share of positive rows, what guessing gives; of each curve. */
  readonly baseRates: readonly number[];
}

export interface ConfusionPlot extends Common {
  readonly kind: 'confusion';
  readonly dataset: string;
  /** Names of the classes, the positive one last where there are two. */
  readonly classes: readonly string[];
  /** Rows are labels, columns predictions: rows, or weight where rows have weights. */
  readonly counts: readonly (readonly number[])[];
  readonly unit: 'rows' | 'weight';
  readonly threshold: number | undefined;
}

export type Plot = RocPlot | PrecisionRecallPlot | ConfusionPlot;
