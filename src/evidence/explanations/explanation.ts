import type { Result } from '../../base/result.ts';
import type { Column } from '../column-buffers.ts';

/** SHAP values of some rows, for one output of the model. */
export interface Attributions {
  readonly kind: 'attributions';
  readonly rows: number;
  /** Their number, and their names where something names them. */
  readonly featureCount: number;
  readonly features: readonly string[] | undefined;
  /** rows × features, features running fastest; every one finite. */
  readonly values: Float64Array;
  /** The features' own values, as `values` are laid out, where the file has them as numbers; NaN where one is missing. */
  readonly data?: Float64Array | undefined;
  /** What the values are added to: one for each row, or one for all. */
  readonly base: Float64Array | undefined;
  /** What the file itself says that the model predicted. */
  readonly predictions: OwnPredictions | undefined;
  /** The rows' keys, where the file has a column or an array of the name asked for. */
  readonly keys: Column | undefined;
  /** Columns of a table that were taken for something else than a feature. */
  readonly setAside: readonly string[];
}

export interface OwnPredictions {
  readonly name: string;
  /** One for each row. */
  readonly values: Float64Array;
  /** `link`: on the scale where the values add up; `output`: as the model answers. */
  readonly scale: 'link' | 'output';
}

/** How much each feature matters over all rows; nothing about single rows. */
export interface Importances {
  readonly kind: 'importances';
  readonly features: readonly string[] | undefined;
  readonly featureCount: number;
  /** Finite, none negative. */
  readonly values: Float64Array;
  readonly setAside: readonly string[];
}

export type Explanation = Attributions | Importances;

/** What the reader has to be told, since the file may not say it. */
export interface ExplanationHints {
  /** Names of the features in their order, from the policy. */
  readonly columns: readonly string[] | undefined;
  /** Names of the features in their order, from the model's signature; used when their number fits. */
  readonly signature: readonly string[] | undefined;
  /** Name of the column or array with the rows' keys. */
  readonly key: string | undefined;
  /** Which of a model's several outputs is meant; a problem continues "the explanation …". */
  chooseOutput(outputs: number, names: readonly string[] | undefined): Result<number>;
}

/** The roles that arrays and columns have by their names, in lower case. */
export const ROLE_NAMES = {
  values: ['values', 'shap_values', 'shap'],
  base: ['base_values', 'base_value', 'expected_values', 'expected_value', 'bias'],
  features: ['feature_names', 'features', 'columns'],
  data: ['data', 'x'],
  outputs: ['output_names', 'class_names', 'classes'],
  linkPredictions: [
    'link_predictions',
    'link_prediction',
    'margins',
    'margin',
    'raw_predictions',
    'raw_prediction',
    'decision_function',
    'log_odds',
  ],
  predictions: ['predictions', 'prediction', 'model_outputs', 'model_output', 'outputs', 'output', 'f_x', 'fx'],
} as const;

export type Role = keyof typeof ROLE_NAMES;

/** The name of those that are there that has the role; several names for one role are told apart by nothing. */
export function namesWithRole(names: readonly string[], role: Role): readonly string[] {
  const wanted: readonly string[] = ROLE_NAMES[role];
  return names.filter((name) => wanted.includes(name.toLowerCase()));
}
