import { weightedSumInterval } from '../../../src/metrics/fairness/combined-interval.ts';
import { koopman } from '../../../src/metrics/fairness/proportion-ratio.ts';
import { nextBinomial } from '../../../src/metrics/resampling/binomial-random.ts';
import { newcombeUnpaired } from '../../../src/metrics/resampling/newcombe.ts';
import type { Proportion } from '../../../src/metrics/resampling/proportion.ts';
import type { Random } from '../../../src/metrics/resampling/random.ts';
import { CONFIDENCE, type MethodCoverage, type Scenario, SIZES, TRUTHS } from './scenario.ts';

export const FAIRNESS: readonly MethodCoverage[] = [
  { method: 'koopman', scenarios: [0.8, 1].flatMap((bound) => [1, 10].map((times) => ratio(bound, times))) },
  { method: 'square-and-add', scenarios: [1, 10].map((times) => averageOdds(times)) },
];

function draw(random: Random, trials: number, chance: number): Proportion {
  return { successes: nextBinomial(random, trials, chance), trials };
}

/** Disparate impact that is just what is allowed: the other group's rate is the grid's value. */
function ratio(bound: number, times: number): Scenario {
  return {
    name: `koopman: ratio ${bound}, sizes 1 : ${times}`,
    truths: [0.02, 0.1, ...TRUTHS],
    sizes: SIZES,
    side: 'min',
    boundFor: () => bound,
    prepare: (truth, size) => (random) => {
      const [first, second] = [draw(random, size, truth * bound), draw(random, size * times, truth)];
      const value = (first.successes * second.trials) / (first.trials * second.successes);
      return { value, interval: () => koopman(first, second, CONFIDENCE) };
    },
  };
}

/** The mean of two differences, of which one is 0.1 and the other 0: `average_odds_difference`. */
function averageOdds(times: number): Scenario {
  return {
    name: `square-and-add: mean of two differences, sizes 1 : ${times}`,
    truths: TRUTHS,
    sizes: SIZES,
    side: 'min',
    boundFor: () => -0.05,
    prepare: (truth, size) => (random) => {
      const differences = [
        [truth - 0.1, truth],
        [1 - truth, 1 - truth],
      ].map(([a = 0, b = 0]) => {
        const [first, second] = [draw(random, size, a), draw(random, size * times, b)];
        const value = first.successes / first.trials - second.successes / second.trials;
        return { value, interval: newcombeUnpaired(first, second, CONFIDENCE) };
      });
      const value = differences.reduce((sum, each) => sum + each.value / 2, 0);
      return { value, interval: () => weightedSumInterval([0.5, 0.5], differences) };
    },
  };
}
