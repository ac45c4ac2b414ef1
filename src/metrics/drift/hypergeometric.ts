import { nextNormal, nextUniform, type Random } from '../resampling/random.ts';
import { logGamma } from './chi-squared-tail.ts';

/** Above this variance the normal distribution, rounded, is drawn from instead. */
const NORMAL_FROM = 25;
const FEW = 8;

/**
 * How many of `marked` of `rows` rows are among `taken` rows that are taken at random without putting any back. By
 * inversion; where the variance is above 25, from the normal distribution of the same mean and variance, rounded.
 */
export function nextHypergeometric(random: Random, rows: number, marked: number, taken: number): number {
  if (marked === 0 || taken === 0) return 0;
  if (2 * marked > rows) return taken - nextHypergeometric(random, rows, rows - marked, taken);
  if (2 * taken > rows) return marked - nextHypergeometric(random, rows, marked, rows - taken);
  if (marked <= FEW) return oneByOne(random, rows, marked, taken);
  const share = marked / rows;
  const mean = taken * share;
  const variance = rows > 1 ? (mean * (1 - share) * (rows - taken)) / (rows - 1) : 0;
  if (variance <= NORMAL_FROM) return byInversion(random, rows, marked, taken);
  const drawn = Math.round(mean + Math.sqrt(variance) * nextNormal(random));
  return Math.min(Math.max(drawn, 0), marked, taken);
}

function oneByOne(random: Random, rows: number, marked: number, taken: number): number {
  let found = 0;
  for (let each = 0; each < marked; each += 1) {
    if (nextUniform(random) * (rows - each) < taken - found) found += 1;
  }
  return found;
}

function byInversion(random: Random, rows: number, marked: number, taken: number): number {
  let left = nextUniform(random);
  let chance = Math.exp(
    logGamma(rows - marked + 1) + logGamma(rows - taken + 1) - logGamma(rows + 1) - logGamma(rows - marked - taken + 1),
  );
  const most = Math.min(marked, taken);
  let found = 0;
  while (left >= chance && found < most) {
    left -= chance;
    chance *= ((marked - found) * (taken - found)) / ((found + 1) * (rows - marked - taken + found + 1));
    found += 1;
  }
  return found;
}
