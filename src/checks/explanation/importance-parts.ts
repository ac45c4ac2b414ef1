import { countOf, formatNumber, listInWords } from '../../base/text.ts';
import { topShare } from '../../metrics/explanation/importance.ts';
import { spearman } from '../../metrics/rank-correlation.ts';
import { valueInWords } from '../bounds.ts';
import { type ExplanationPart, partNotEvaluable } from './explanation-part.ts';
import { judgePart } from './judge-part.ts';
import { isMadeFrom, isNumberOnly, mentions } from './match-feature.ts';

/** How much each feature matters, whatever the method: mean |value| over the explained rows. */
export interface FeatureImportance {
  readonly features: readonly string[] | undefined;
  readonly values: Float64Array;
  /** Explained rows; null where only importances are known. */
  readonly rows: number | null;
  /** Columns of the file that were not taken for features, such as a key. */
  readonly setAside: readonly string[];
  /** Whether rows list only some features, and nothing names all of them. */
  readonly isPartial: boolean;
}

const MOST_NAMES = 5;
const WITHOUT_NAMES = 'The features have no names; name them in the file or in `columns`.';

/**
 * The share of all importance that the most important feature has. Without names it is not certain which axis the
 * features are on, and rows taken for features would make any share small.
 */
export function topSharePart({ features, values, rows }: FeatureImportance, most: number): ExplanationPart {
  const name = 'top_share';
  if (features === undefined) return partNotEvaluable(name, WITHOUT_NAMES, rows);
  const { feature, share } = topShare(values);
  return judgePart(
    name,
    { value: share, rows },
    { key: 'max', value: most },
    {
      reason: `The most important of ${countOf(values.length, 'feature')}, “${features[feature]}”, has the share ${valueInWords(share, { max: most })} of all importance${overRows(rows)}; at most ${formatNumber(most)} is allowed.`,
      undefinedReason: 'No feature has any importance, so that there is no share to take.',
    },
  );
}

/** A share of few rows says little of the model, and people should see how many they are. */
function overRows(rows: number | null): string {
  return rows === null ? '' : ` over ${countOf(rows, 'explained row')}`;
}

/**
 * Whether a forbidden feature, or one made from it, is among the explained ones. Being explained is enough: that its
 * values are zero on these rows does not show that the model leaves it alone everywhere. What the model's signature
 * takes in and the explanation does not name may have been dropped on the way, or left out of the explanation.
 *
 * @param inputs the inputs of the model's signature; undefined where it has none
 */
export function forbiddenPart(
  importance: FeatureImportance,
  forbidden: readonly string[],
  inputs: readonly string[] | undefined,
): ExplanationPart {
  const { features, rows, setAside, isPartial } = importance;
  const name = 'forbidden';
  if (features === undefined) {
    return partNotEvaluable(name, WITHOUT_NAMES, rows);
  }
  const found = features.filter((feature) => forbidden.some((each) => isMadeFrom(feature, each)));
  const plain = { name, interval: null, value: null, rows, limit: null } as const;
  if (found.length > 0) {
    const reason = `The model was given ${named(found)}, which the policy forbids (${named(forbidden)}).`;
    return { ...plain, status: 'fail', reason };
  }
  const unclear = setAside.filter((column) => forbidden.some((each) => isMadeFrom(column, each)));
  if (unclear.length > 0) {
    return partNotEvaluable(
      name,
      `The file has the column ${named(unclear)} beside the features; name the features in \`columns\`, so that it is clear whether the model was given it.`,
      rows,
    );
  }
  if (features.every(isNumberOnly) && !forbidden.some(isNumberOnly)) {
    const reason = `The features are only numbered (${named(features)}), so that what the model was given can’t be told; save their names.`;
    return partNotEvaluable(name, reason, rows);
  }
  const unexplained = (inputs ?? []).filter((input) => forbidden.some((each) => isMadeFrom(input, each)));
  if (unexplained.length > 0) {
    const reason = `The model’s signature takes ${named(unexplained)}, which the policy forbids (${named(forbidden)}), and the explanation does not name it: whether the model uses it, a person must find out.`;
    return { ...plain, status: 'uncertain', reason };
  }
  if (isPartial && inputs === undefined) {
    const reason =
      'The rows list only some of the features each, and one that is never listed may have been used all the same; save `feature_names` beside them, or name the features in `columns`.';
    return partNotEvaluable(name, reason, rows);
  }
  const alike = features.filter((feature) => forbidden.some((each) => mentions(feature, each)));
  if (alike.length > 0) {
    const reason = `The model was given ${named(alike)}: whether the policy forbids that (${named(forbidden)}), the name alone does not tell, and a person must look.`;
    return { ...plain, status: 'uncertain', reason };
  }
  const reason = `None of the forbidden features (${named(forbidden)}) is among the ${countOf(features.length, 'explained feature')}.`;
  return { ...plain, status: 'pass', reason };
}

/**
 * Spearman's correlation of both models' importances, by name. A feature that only one model has counts as of no
 * importance to the other.
 *
 * @param other the baseline's importance, and what the message calls that model
 */
export function rankPart(
  own: FeatureImportance,
  other: { readonly importance: FeatureImportance; readonly title: string },
  least: number,
): ExplanationPart {
  const name = 'rank';
  if (own.features === undefined || other.importance.features === undefined) {
    return partNotEvaluable(
      name,
      'The features have no names, so that the two models’ rankings can’t be compared.',
      own.rows,
    );
  }
  const ownBy = byName(own.features, own.values);
  const otherBy = byName(other.importance.features, other.importance.values);
  const names = [...new Set([...ownBy.keys(), ...otherBy.keys()])];
  const correlation = spearman(
    names.map((each) => ownBy.get(each) ?? 0),
    names.map((each) => otherBy.get(each) ?? 0),
  );
  const differing = names.filter((each) => !ownBy.has(each) || !otherBy.has(each));
  const besides = differing.length > 0 ? ` (${countOf(differing.length, 'feature')} in one of them only)` : '';
  return judgePart(
    name,
    { value: correlation, rows: own.rows },
    { key: 'min', value: least },
    {
      reason: `The ranking of ${countOf(names.length, 'feature')}${besides} correlates with that of ${other.title} by ${valueInWords(correlation, { min: least })} (Spearman); at least ${formatNumber(least)} is required.`,
      undefinedReason: `The ranking of ${countOf(names.length, 'feature')} can’t be compared with that of ${other.title}: one of them ranks nothing.`,
    },
  );
}

function byName(features: readonly string[], values: Float64Array): ReadonlyMap<string, number> {
  return new Map(features.map((feature, index) => [feature, values[index] as number]));
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((each) => `“${each}”`);
  return listInWords(names.length > MOST_NAMES ? [...shown, `${names.length - MOST_NAMES} more`] : shown);
}
