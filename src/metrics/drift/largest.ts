import { LARGEST_MMD } from './mmd.ts';
import { LARGEST_JENSEN_SHANNON } from './shares.ts';

/** The largest value of each method for any data: a bound at or above it holds whatever the data. */
export const LARGEST_DRIFT = {
  wasserstein: Number.POSITIVE_INFINITY,
  wasserstein_normed: Number.POSITIVE_INFINITY,
  ks: 1,
  psi: Number.POSITIVE_INFINITY,
  jensen_shannon: LARGEST_JENSEN_SHANNON,
  energy: Number.POSITIVE_INFINITY,
  chi2: 1,
  cramers_v: 1,
  total_variation: 1,
  new_categories: 1,
  vanished_categories: 1,
  missing_rate_change: 1,
  classifier_two_sample: 1,
  mmd: LARGEST_MMD,
} as const;
