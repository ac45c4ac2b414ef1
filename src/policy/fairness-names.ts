import { METRIC_NAMES, METRICS, type MetricName, metricFacts, type Task } from './metric-names.ts';

/** How a fairness measure looks at groups: each against the privileged one, all against each other, or not at all. */
export type GroupComparison = 'privileged' | 'spread' | 'none';

export interface FairnessFacts {
  readonly meaning: string;
  readonly range: readonly [number, number];
  /** The value at which groups are treated alike. */
  readonly ideal: number;
  readonly comparison: GroupComparison;
  readonly tasks: readonly Task[];
  readonly needsLabel: boolean;
  /** The metric whose difference or ratio it is; undefined for measures with a name of their own. */
  readonly metric: MetricName | undefined;
}

const BINARY: readonly Task[] = ['binary'];
const INFINITE = Number.POSITIVE_INFINITY;

function named(
  meaning: string,
  comparison: GroupComparison,
  range: readonly [number, number],
  ideal: number,
  needsLabel: 'needs label' | 'needs no label',
): FairnessFacts {
  return {
    meaning,
    comparison,
    range,
    ideal,
    tasks: BINARY,
    needsLabel: needsLabel === 'needs label',
    metric: undefined,
  };
}

/** AIF360's and Fairlearn's measures that have a name of their own. */
const NAMED = {
  statistical_parity_difference: named(
    'Share of a group’s rows predicted `positive` minus that of the privileged group (AIF360; its favorable label is `positive`).',
    'privileged',
    [-1, 1],
    0,
    'needs no label',
  ),
  disparate_impact: named(
    'Share of a group’s rows predicted `positive` over that of the privileged group (AIF360; its favorable label is `positive`).',
    'privileged',
    [0, INFINITE],
    1,
    'needs no label',
  ),
  equal_opportunity_difference: named(
    'Recall of a group minus that of the privileged group (AIF360).',
    'privileged',
    [-1, 1],
    0,
    'needs label',
  ),
  average_odds_difference: named(
    'Mean of the differences in false positive rate and recall from the privileged group (AIF360).',
    'privileged',
    [-1, 1],
    0,
    'needs label',
  ),
  average_abs_odds_difference: named(
    'Mean of the absolute differences in false positive rate and recall from the privileged group (AIF360).',
    'privileged',
    [0, 1],
    0,
    'needs label',
  ),
  theil_index: named(
    'Inequality of benefit among individuals: a false positive gains, a false negative loses, whatever the group (AIF360).',
    'none',
    [0, INFINITE],
    0,
    'needs label',
  ),
  demographic_parity_difference: named(
    'Largest minus smallest selection rate over the groups (Fairlearn).',
    'spread',
    [0, 1],
    0,
    'needs no label',
  ),
  demographic_parity_ratio: named(
    'Smallest over largest selection rate over the groups (Fairlearn).',
    'spread',
    [0, 1],
    1,
    'needs no label',
  ),
  equalized_odds_difference: named(
    'The larger of the spreads in recall and in false positive rate over the groups (Fairlearn).',
    'spread',
    [0, 1],
    0,
    'needs label',
  ),
  equalized_odds_ratio: named(
    'The smaller of the ratios of recall and of false positive rate over the groups (Fairlearn).',
    'spread',
    [0, 1],
    1,
    'needs label',
  ),
} as const satisfies Record<string, FairnessFacts>;

export type FairnessName = keyof typeof NAMED | `${MetricName}_difference` | `${MetricName}_ratio`;

const FACTS: ReadonlyMap<FairnessName, FairnessFacts> = new Map<FairnessName, FairnessFacts>([
  ...(Object.entries(NAMED) as [FairnessName, FairnessFacts][]),
  ...METRIC_NAMES.flatMap((metric): [FairnessName, FairnessFacts][] => [
    [`${metric}_difference`, spread(metric)],
    [`${metric}_ratio`, ratio(metric)],
  ]),
]);

export const FAIRNESS_NAMES = [...FACTS.keys()] as [FairnessName, ...FairnessName[]];

/** Facts of any fairness measure. */
export function fairnessFacts(name: FairnessName): FairnessFacts {
  const facts = FACTS.get(name);
  if (facts === undefined) {
    throw new Error(`No facts about the fairness measure ${name}`);
  }
  return facts;
}

function spread(metric: MetricName): FairnessFacts {
  const { range, tasks, needsLabel } = metricFacts(metric);
  return {
    meaning: `Largest minus smallest ${metric} over the groups (Fairlearn).`,
    comparison: 'spread',
    range: [0, range[1] - range[0]],
    ideal: 0,
    tasks,
    needsLabel,
    metric,
  };
}

function ratio(metric: MetricName): FairnessFacts {
  const signed = METRICS[metric].range[0] < 0;
  const { tasks, needsLabel } = metricFacts(metric);
  return {
    meaning: `Smallest over largest ${metric} over the groups (Fairlearn).`,
    comparison: 'spread',
    range: signed ? [Number.NEGATIVE_INFINITY, INFINITE] : [0, 1],
    ideal: 1,
    tasks,
    needsLabel,
    metric,
  };
}
