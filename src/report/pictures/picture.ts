import type { Standing } from '../status.ts';
import type { DataTable } from './data-table.ts';
import type { Scene } from './scene.ts';

/** Whether what a picture is about holds, as symbol, word and colour. */
export interface PictureStatus {
  readonly status: Standing;
  readonly symbol: string;
  readonly word: string;
  readonly tone: 'good' | 'bad' | 'warning' | 'quiet';
}

/** What one place of a threshold slider shows. */
export interface ThresholdSlider {
  /** What is chosen with it, e.g. `Threshold`. */
  readonly label: string;
  /** Where the policy stands: an index into `positions`; undefined where it has no threshold. */
  readonly policy: number | undefined;
  readonly positions: readonly {
    /** The threshold. */
    readonly text: string;
    /** Where the scene's mark `slider` is moved to, in the scene's units from its left edge. */
    readonly x: number;
    /** A value for each of `readings`. */
    readonly values: readonly string[];
  }[];
  readonly readings: readonly {
    readonly name: string;
    /** The policy's bounds on it, in words; empty where there is none. */
    readonly bound: string;
    /** Whether the bound holds at each position; absent where there is none. */
    readonly holds?: string;
  }[];
}

/** One picture with all that is said of it: the same for a panel, a static report and what is copied. */
export interface Picture {
  /** Unique among the pictures of a run, e.g. `roc/holdout`. */
  readonly id: string;
  /** Ids of the checks that it explains. */
  readonly checks: readonly string[];
  readonly title: string;
  /** What it shows, in one sentence, with the bound and whether it holds. */
  readonly sentence: string;
  readonly status: PictureStatus | undefined;
  /** How it was made, where that has to be known: which intervals, what was left out. */
  readonly note: string;
  readonly scene: Scene;
  /** The numbers behind it. */
  readonly table: DataTable;
  /** The same as CSV, in full precision. */
  readonly csv: string;
  readonly slider?: ThresholdSlider;
}

/** Pictures under one heading. */
export interface PictureSection {
  readonly id: string;
  readonly title: string;
  readonly pictures: readonly Picture[];
}
