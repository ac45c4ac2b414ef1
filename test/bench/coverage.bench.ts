import { BOOTSTRAPS } from './coverage/bootstraps.ts';
import { CLOSED_FORMS } from './coverage/closed-forms.ts';
import { FAIRNESS } from './coverage/fairness.ts';
import type { Scenario } from './coverage/scenario.ts';
import { simulate } from './coverage/simulate.ts';
import type { Bench, BenchRow } from './row.ts';

/** The full table, of 10,000 draws on the whole grid, is in coverage.json; `record-coverage.ts` makes it. */
const DRAWS = 2000;
const SIZE = 200;
/** Not used by checks alone: Wilson's interval gives way to Clopper and Pearson's where either outcome is rare. */
const LEFT_OUT = new Set(['wilson']);

/** How often a check whose truth lies on its bound passes wrongly at `confidence: 0.95`: the worst of each method. */
export const bench: Bench = async () =>
  [...CLOSED_FORMS, ...FAIRNESS, ...BOOTSTRAPS]
    .filter(({ method }) => !LEFT_OUT.has(method))
    .map(({ method, scenarios }): BenchRow => {
      const shares = scenarios.flatMap(sharesOf);
      return {
        name: `wrong passes, ${method}, worst of ${shares.length}`,
        ours: 100 * Math.max(...shares),
        unit: '%',
        budget: { atMost: 5 },
      };
    });

function sharesOf(scenario: Scenario): number[] {
  if (!scenario.sizes.includes(SIZE)) return [];
  return scenario.truths.map((truth) => simulate(scenario, truth, SIZE, DRAWS).wrongPasses / DRAWS);
}
