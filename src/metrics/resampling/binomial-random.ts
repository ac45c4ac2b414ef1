import { logBinomialPoint } from './beta.ts';
import { nextUniform, type Random } from './random.ts';

/** How often something of chance p happens in `trials` independent trials. */
export function nextBinomial(random: Random, trials: number, p: number): number {
  if (trials <= 0 || p <= 0) return 0;
  if (p >= 1) return trials;
  if (p > 0.5) return trials - nextBinomial(random, trials, 1 - p);
  return trials * p < 10 ? byInversion(random, trials, p) : byRejection(random, trials, p);
}

/** Fills `draws` with counts that add up to `trials`, cell by cell with the chances `shares` (which add up to 1). */
export function fillMultinomial(random: Random, trials: number, shares: ArrayLike<number>, draws: Float64Array): void {
  let leftTrials = trials;
  let leftShare = 1;
  const last = shares.length - 1;
  for (let cell = 0; cell < last; cell += 1) {
    const share = shares[cell] as number;
    const drawn = leftTrials > 0 ? nextBinomial(random, leftTrials, Math.min(1, share / leftShare)) : 0;
    draws[cell] = drawn;
    leftTrials -= drawn;
    leftShare -= share;
  }
  draws[last] = leftTrials;
}

function byInversion(random: Random, trials: number, p: number): number {
  const odds = p / (1 - p);
  for (;;) {
    let left = nextUniform(random);
    let chance = Math.exp(trials * Math.log1p(-p));
    for (let count = 0; count <= trials; count += 1) {
      if (left < chance) return count;
      left -= chance;
      chance *= ((trials - count) / (count + 1)) * odds;
      if (chance < 1e-20 && count > trials * p) break; // rounding left a rest that belongs nowhere: draw again
    }
  }
}

/** W. Hörmann's BTRS, "The generation of binomial random variates", J. Statistical Computation and Simulation 46 (1993). */
function byRejection(random: Random, trials: number, p: number): number {
  const spread = Math.sqrt(trials * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = trials * p + 0.5;
  const inside = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const mode = Math.floor((trials + 1) * p);
  for (;;) {
    const u = nextUniform(random) - 0.5;
    const v = nextUniform(random);
    const edge = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / edge + b) * u + centre);
    if (edge >= 0.07 && v <= inside) return count;
    if (count < 0 || count > trials) continue;
    const height = Math.log((v * alpha) / (a / (edge * edge) + b));
    if (height <= logBinomialPoint(count, trials, p) - logBinomialPoint(mode, trials, p)) return count;
  }
}
