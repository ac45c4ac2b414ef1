import {
  ABSOLUTE_DIFFERENCE,
  FOLDED_RATIO,
  LARGER_DIFFERENCE,
  MEAN_ABSOLUTE_DIFFERENCE,
  MEAN_DIFFERENCE,
  type PairMeasure,
  SIGNED_DIFFERENCE,
  SIGNED_RATIO,
  SMALLER_RATIO,
} from '../../metrics/fairness/contrast.ts';
import { type FairnessName, fairnessFacts } from '../../policy/fairness-names.ts';
import type { MetricName } from '../../policy/metric-names.ts';

/** A fairness measure that compares groups: of which metrics of each group, and how. */
export interface GroupMeasure {
  readonly metrics: readonly MetricName[];
  readonly pair: PairMeasure;
  /** Names the formula, without what weights and intervals add. */
  readonly formula: string;
}

const ODDS: readonly MetricName[] = ['recall', 'false_positive_rate'];

/**
 * AIF360's and Fairlearn's measures. A group's selection rate is its share of rows that are predicted `positive`, the
 * value that the data set declares: what AIF360 calls the favorable label. Whether being predicted positive is good for
 * a person or bad is for the policy's author to know; the measures only ask whether it is as frequent.
 *
 * @returns undefined for `theil_index`, which compares no groups
 */
export function groupMeasureOf(name: FairnessName): GroupMeasure | undefined {
  switch (name) {
    case 'theil_index':
      return undefined;
    case 'statistical_parity_difference':
      return { metrics: ['selection_rate'], pair: SIGNED_DIFFERENCE, formula: `${name}/aif360` };
    case 'disparate_impact':
      return { metrics: ['selection_rate'], pair: SIGNED_RATIO, formula: `${name}/aif360` };
    case 'equal_opportunity_difference':
      return { metrics: ['recall'], pair: SIGNED_DIFFERENCE, formula: `${name}/aif360` };
    case 'average_odds_difference':
      return { metrics: ODDS, pair: MEAN_DIFFERENCE, formula: `${name}/aif360` };
    case 'average_abs_odds_difference':
      return { metrics: ODDS, pair: MEAN_ABSOLUTE_DIFFERENCE, formula: `${name}/aif360` };
    case 'demographic_parity_difference':
      return { metrics: ['selection_rate'], pair: ABSOLUTE_DIFFERENCE, formula: `${name}/fairlearn` };
    case 'demographic_parity_ratio':
      return { metrics: ['selection_rate'], pair: FOLDED_RATIO, formula: `${name}/fairlearn` };
    case 'equalized_odds_difference':
      return { metrics: ODDS, pair: LARGER_DIFFERENCE, formula: `${name}/fairlearn` };
    case 'equalized_odds_ratio':
      return { metrics: ODDS, pair: SMALLER_RATIO, formula: `${name}/fairlearn` };
    default:
      return spreadOf(name);
  }
}

function spreadOf(name: FairnessName): GroupMeasure {
  const { metric } = fairnessFacts(name);
  if (metric === undefined) throw new Error(`${name} has no metric`);
  const pair = name === `${metric}_ratio` ? FOLDED_RATIO : ABSOLUTE_DIFFERENCE;
  return { metrics: [metric], pair, formula: `${name}/fairlearn` };
}
