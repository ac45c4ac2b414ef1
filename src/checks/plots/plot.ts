import type { Bound, OutcomeStatus } from '../outcome.ts';
import type { BeeswarmPlot, ImportancePlot } from './explanation.ts';
import type { RunsPlot, StepsPlot } from './history.ts';
import type { PercentilesPlot } from './measurements.ts';
import type { RankingPlot } from './ranking.ts';
import type { PredictedActualPlot, ResidualsPlot } from './regression.ts';
import type { ValuesPlot } from './values.ts';

/**
 * What pictures are drawn from: plain numbers, few enough to be sent anywhere, made from the very rows and sums that
 * the checks judged. A plot decides nothing, and none is part of an assessment.
 */
export interface Common {
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
  /** How many classes could have a curve; 1 where two classes share one. */
  readonly classes: number;
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

/** Scores against what became of them: one point for each bin that has rows. */
export interface CalibrationPlot extends Common {
  readonly kind: 'calibration';
  readonly dataset: string;
  readonly bins: readonly {
    /** Mean score. */
    readonly predicted: number;
    /** Share of positive rows. */
    readonly observed: number;
    /** Rows, or weight. */
    readonly weight: number;
    /** Of the observed share; undefined where rows don't count alike. */
    readonly interval: readonly [number, number] | undefined;
  }[];
  readonly strategy: 'uniform' | 'quantile';
  readonly binCount: number;
  readonly unit: 'rows' | 'weight';
  readonly expectedCalibrationError: number;
  readonly confidence: number;
}

/** A count metric at every threshold of a table. */
export interface ThresholdReading {
  readonly name: string;
  /** The check whose metric this is; undefined for those that are shown besides. */
  readonly check: string | undefined;
  /** null where the formula is 0/0. */
  readonly values: readonly (number | null)[];
}

/** How the scores of both classes lie, and what each threshold would make of them. */
export interface ScoreDistributionPlot extends Common {
  readonly kind: 'score-distribution';
  readonly dataset: string;
  /** One more than there are bins. */
  readonly edges: readonly number[];
  readonly positives: readonly number[];
  readonly negatives: readonly number[];
  readonly unit: 'rows' | 'weight';
  /** The policy's; undefined where a column holds the decisions. */
  readonly threshold: number | undefined;
  readonly thresholds: readonly number[];
  readonly readings: readonly ThresholdReading[];
}

/** One line of a forest: a group, a comparison of two, a column. */
export interface ForestItem {
  readonly name: string;
  /** What it is where the data have no name for it: `name` is then its English. */
  readonly nameless?: 'all rows' | 'drop';
  /** null where it has none. */
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
  readonly rows: number | null;
  /** What the check found of it; null for what is only shown. */
  readonly status: OutcomeStatus | null;
  /** Too few rows to say much. */
  readonly few: boolean;
}

/** What the values of a block are, for pictures to put into words. Names of metrics stand as people read them. */
export type BlockSubject =
  | { readonly kind: 'metric'; readonly metric: string }
  | { readonly kind: 'slices'; readonly metric: string; readonly by: readonly string[] }
  | { readonly kind: 'drop'; readonly metric: string; readonly against?: string }
  | { readonly kind: 'gap'; readonly from: string; readonly to: string };

/** Values of one quantity, one below the other. */
export interface ForestBlock {
  readonly subject: BlockSubject;
  readonly items: readonly ForestItem[];
  /** What the items are held to; null where they are only shown. */
  readonly bound: Bound;
  /** Where all is alike, or what all rows together have. */
  readonly reference: { readonly value: number; readonly is: 'all rows' | 'alike' | 'no worse' } | undefined;
}

/** What a check found of each of its parts, and the values that they are made of. */
export interface PartsPlot extends Common {
  readonly kind: 'parts';
  /** `against` compares with an approved model, `runs` two runs that a person chose. */
  readonly about: 'slices' | 'fairness' | 'against' | 'runs' | 'gap';
  readonly blocks: readonly ForestBlock[];
  /** Of intervals that the check itself does not ask for; undefined where there are none such. */
  readonly shownConfidence: number | undefined;
}

/** The shares of both samples in each bin, or in each category. */
export interface ColumnDistribution {
  readonly name: string;
  readonly kind: 'number' | 'text';
  /** Of numbers: one more than there are bins, the outer ones open where `beyond` says so. */
  readonly edges: readonly number[];
  /** Of texts. */
  readonly categories: readonly string[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
  readonly missing: { readonly reference: number; readonly current: number };
}

export interface DriftPlot extends Common {
  readonly kind: 'drift';
  readonly names: { readonly reference: string; readonly current: string };
  readonly method: string;
  readonly max: number;
  /** From the farthest; `noise` is what sampling alone would give. */
  readonly columns: readonly (ForestItem & { readonly noise: number | null })[];
  /** Of the farthest columns. */
  readonly distributions: readonly ColumnDistribution[];
}

export type Plot =
  | RocPlot
  | PrecisionRecallPlot
  | ConfusionPlot
  | CalibrationPlot
  | ScoreDistributionPlot
  | PredictedActualPlot
  | ResidualsPlot
  | RankingPlot
  | PartsPlot
  | DriftPlot
  | ImportancePlot
  | BeeswarmPlot
  | PercentilesPlot
  | StepsPlot
  | RunsPlot
  | ValuesPlot;

/** A plot of which it is not said yet where it belongs. */
export type Unplaced = Plot extends infer Each ? (Each extends Plot ? Omit<Each, 'id' | 'checks'> : never) : never;
