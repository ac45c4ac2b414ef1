import { type Result, succeed } from '../base/result.ts';
import { capitalised, countOf, formatNumber, listInWords } from '../base/text.ts';
import type { PairMeasure } from '../metrics/fairness/contrast.ts';
import type { Interval } from '../metrics/resampling/interval.ts';
import { type FairnessName, fairnessFacts } from '../policy/fairness-names.ts';
import type { MetricName } from '../policy/metric-names.ts';
import type { FairnessCheck } from '../policy/schema.ts';
import { boundOf, decide, valueInWords } from './bounds.ts';
import { type CheckContext, type Finding, notEvaluable } from './check-context.ts';
import { isPlain } from './estimate.ts';
import { emptyBins, privilegedNames } from './fairness/declared-groups.ts';
import { measuredGroup } from './fairness/group-values.ts';
import { type GroupMeasure, groupMeasureOf } from './fairness/measure-of.ts';
import { independentInterval } from './fairness/pair-intervals.ts';
import { allPairs, type GroupPair, pairsAgainst, pairValue, valuesOf } from './fairness/pairs.ts';
import { resampledIntervals } from './fairness/resampled-intervals.ts';
import { queriesAreShared } from './fairness/shared-queries.ts';
import { checkTheilIndex } from './fairness/theil.ts';
import { partitionCodes } from './groups.ts';
import { intervalInWords, isFinitePair, requirementInWords } from './judge-estimate.ts';
import type { Bound } from './outcome.ts';
import { listedParts, type PartFinding, partsInWords, worstPart } from './parts.ts';
import type { DatasetRows } from './rows/dataset-rows.ts';
import { metricLabel } from './words.ts';

/** With more groups there are too many pairs to be compared, and to be read. */
const MOST_GROUPS = 100;

/**
 * How differently a model treats groups. The parts are pairs of groups: each other group against the privileged one for
 * AIF360's measures, all pairs for Fairlearn's spreads (the worst pair's value is then the spread). A group with too
 * few rows, or on which a metric is 0/0, makes its pairs not evaluable and is named.
 */
export async function checkFairness(check: FairnessCheck, context: CheckContext): Promise<Finding> {
  const bound = boundOf(check);
  if (bound === null) return notEvaluable('The check has no bound: it needs `min`, `max` or `max_abs`.');
  const facts = fairnessFacts(check.metric);
  if (facts.metric === 'max_error' && check.confidence !== undefined) {
    return notEvaluable('No interval can be given for max_error, which rests on one row.', { bound });
  }
  const loaded = await context.tables.load(check.dataset);
  if (!loaded.ok) return notEvaluable(loaded.problem.message, { bound });
  const { rows, evidence } = loaded.value;
  if (!facts.tasks.includes(rows.task)) {
    return notEvaluable(`${fairnessLabel(check.metric)} does not exist for the task “${rows.task}”.`, {
      bound,
      evidence,
    });
  }
  const measure = groupMeasureOf(check.metric);
  if (measure === undefined) return checkTheilIndex(check, loaded.value, context);
  const formula = rows.dataset.weight === undefined ? measure.formula : `${measure.formula}/weighted`;
  const known = { bound, evidence, rows: rows.rows, formula };
  const compared = comparedPairs(check, measure, rows);
  if (!compared.ok) return notEvaluable(compared.problem.message, known);
  const { pairs, empty, codes } = compared.value;
  const intervals = intervalsOf(check, measure.pair, rows, codes, pairs, context.signal);
  if (!intervals.ok) return notEvaluable(intervals.problem.message, known);
  const parts = [
    ...pairs.map((pair) => judgePair(pair, measure, intervals.value.get(pair), check, bound)),
    ...empty.map((name) => ({ ...NO_VALUE, name, reason: `Group “${name}” has no rows.` })),
  ];
  const worst = worstPart(parts, bound);
  if (worst === undefined) {
    return notEvaluable(`There is only one group in ${rows.title}, so nothing can be compared.`, known);
  }
  const method = [...intervals.value.values()].find((interval) => interval !== undefined)?.method;
  return {
    ...known,
    status: worst.status,
    value: worst.value,
    interval: worst.interval,
    rows: worst.rows,
    formula: method === undefined ? formula : `${formula}, ${method}`,
    parts: listedParts(parts),
    message: `${introduction(check, measure, rows)} ${partsInWords(parts, worst, 'comparison')} ${capitalised(requirementInWords(bound, check.confidence))}.`,
  };
}

interface ComparedPairs {
  readonly pairs: readonly GroupPair[];
  /** Declared groups without rows. */
  readonly empty: readonly string[];
  /** The group of each row. */
  readonly codes: () => Int32Array;
}

function comparedPairs(check: FairnessCheck, { metrics }: GroupMeasure, rows: DatasetRows): Result<ComparedPairs> {
  const { group: by } = check;
  const open = (code: string, message: string): Result<ComparedPairs> => ({
    ok: false,
    problem: { code, severity: 'error', message },
  });
  if (by === undefined) return open('group-undeclared', 'The check compares groups and names no `group`.');
  const divided = partitionCodes(rows, by);
  if (!divided.ok) return divided;
  const { groups, codes } = divided.value;
  if (groups.length > MOST_GROUPS) {
    return open(
      'group-too-many',
      `There are ${groups.length} groups; at most ${MOST_GROUPS} can be compared in pairs.`,
    );
  }
  const measured = groups.map((group, code) => measuredGroup(group, code, metrics, check, check.min_rows));
  const empty = emptyBins(rows.dataset, by, groups);
  if (fairnessFacts(check.metric).comparison === 'spread') return succeed({ pairs: allPairs(measured), empty, codes });
  const names = privilegedNames(rows.dataset, by);
  if (names[0] === undefined) {
    return open('group-privileged', `Data set “${rows.name}” declares no \`privileged\` group to compare with.`);
  }
  const [privileged, ...others] = measured.filter((group) => names.includes(group.name));
  if (privileged === undefined) return open('group-privileged', `The privileged group “${names[0]}” has no rows.`);
  if (others.length > 0) {
    const several = listInWords([privileged, ...others].map(({ name }) => `“${name}”`));
    return open('group-privileged', `Which group is the privileged one can’t be told: there are ${several}.`);
  }
  return succeed({ pairs: pairsAgainst(privileged, measured), empty, codes });
}

/** The intervals that the check asks for, of the pairs that can be compared. */
function intervalsOf(
  check: FairnessCheck,
  measure: PairMeasure,
  rows: DatasetRows,
  codes: () => Int32Array,
  pairs: readonly GroupPair[],
  signal: AbortSignal | undefined,
): Result<ReadonlyMap<GroupPair, Interval | undefined>> {
  const { confidence } = check;
  const found = new Map<GroupPair, Interval | undefined>();
  if (confidence === undefined) return succeed(found);
  const able = pairs.filter((pair) => problemOf(pair, measure) === undefined);
  if (able.length === 0) return succeed(found);
  if (rows.task === 'ranking' && queriesAreShared(rows, codes())) return succeed(found);
  if (isPlain(rows) || rows.task === 'ranking') {
    for (const pair of able) {
      const interval = independentInterval(pair, measure, confidence, signal);
      if (!interval.ok) return interval;
      found.set(pair, interval.value);
    }
    return succeed(found);
  }
  const intervals = resampledIntervals(rows, codes(), able, measure, confidence, signal);
  if (!intervals.ok) return intervals;
  for (const [index, pair] of able.entries()) found.set(pair, intervals.value[index]);
  return succeed(found);
}

const NO_VALUE = { status: 'not_evaluable', value: null, interval: null, rows: null } as const;

function judgePair(
  pair: GroupPair,
  { pair: measure, metrics }: GroupMeasure,
  estimated: Interval | undefined,
  check: FairnessCheck,
  bound: Bound,
): PartFinding {
  const { name, first, second } = pair;
  const rows = first.rows.rows + second.rows.rows;
  const problem = problemOf(pair, measure);
  if (problem !== undefined) return { ...NO_VALUE, name, rows, reason: problem };
  const value = pairValue(pair, measure);
  const ends = estimated ?? { low: Number.NaN, high: Number.NaN };
  const interval = check.confidence === undefined ? null : ([ends.low, ends.high] as const);
  const found = `${valueInWords(value, bound)} on ${countOf(rows, 'row')}${intervalInWords(interval, bound, check.confidence)}`;
  const reason = `${found} (${groupsInWords(pair, metrics)}).`;
  const status = decide(value, interval, bound);
  return { name, status, value, interval: isFinitePair(interval) ? interval : null, rows, reason };
}

/** `selection rate 0.2812 of “female”, 0.3236 of “male”` */
function groupsInWords({ first, second }: GroupPair, metrics: readonly MetricName[]): string {
  const [ofFirst, ofSecond] = [valuesOf(first), valuesOf(second)];
  return listInWords(
    metrics.map((metric, index) => {
      const name = metricLabel(metric);
      const [a, b] = [ofFirst[index] as number, ofSecond[index] as number];
      return `${lowerCased(name)} ${formatNumber(a)} of “${first.name}”, ${formatNumber(b)} of “${second.name}”`;
    }),
  );
}

/** `recall`, but `ROC AUC`. */
function lowerCased(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** Why the pair has no value, in one sentence that names the group; undefined when it has one. */
function problemOf(pair: GroupPair, measure: PairMeasure): string | undefined {
  const own = [pair.first, pair.second].flatMap(({ problem }) => problem ?? []);
  if (own.length > 0) return own.join(' ');
  if (Number.isFinite(pairValue(pair, measure))) return undefined;
  const isNegative = [pair.first, pair.second].some((group) => valuesOf(group).some((value) => value < 0));
  if (isNegative) return `Values below 0 have no ratio that says anything (“${pair.name}”).`;
  return `The ratio of “${pair.name}” has no value, as it divides by 0.`;
}

function introduction({ metric }: FairnessCheck, { metrics }: GroupMeasure, rows: DatasetRows): string {
  const of = `${fairnessLabel(metric)} on ${rows.name}`;
  if (!metrics.includes('selection_rate')) return `${of}.`;
  return `${of}, where a row counts as selected when it is predicted ${String(rows.dataset.positive ?? 1)}.`;
}

/** `ROC AUC difference`, `Statistical parity difference`. */
function fairnessLabel(name: FairnessName): string {
  const { metric } = fairnessFacts(name);
  if (metric === undefined) return metricLabel(name);
  return `${metricLabel(metric)} ${name.slice(metric.length + 1)}`;
}
