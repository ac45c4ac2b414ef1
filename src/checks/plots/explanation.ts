import type { Attributions } from '../../evidence/explanations/explanation.ts';
import type { LimeExplanation } from '../../evidence/explanations/lime.ts';
import { rowsWithExtremes } from '../../metrics/reduce/rows-with-extremes.ts';
import type { ExplanationCheck } from '../../policy/schema.ts';
import type { CheckContext, Finding } from '../check-context.ts';
import { type FoundExplanation, importanceOf, readExplanation } from '../explanation/read-for-check.ts';
import type { Common, ForestItem } from './plot.ts';
import { itemOfPart } from './slices.ts';

/** A part of the check with the one bound that it is held to. */
export interface BoundedPart extends ForestItem {
  readonly bound: Readonly<Record<string, number>> | null;
}

/** How much each feature matters over all explained rows. */
export interface ImportancePlot extends Common {
  readonly kind: 'importance';
  readonly method: 'shap' | 'lime';
  /** From the most important; `share` is of all importance. */
  readonly features: readonly {
    readonly name: string;
    readonly value: number;
    readonly share: number;
    /** Means of the values above and below 0; undefined where single values are not known. */
    readonly up: number | undefined;
    readonly down: number | undefined;
  }[];
  /** How many features there are, those left out too. */
  readonly featureCount: number;
  readonly rows: number | null;
  /** Most share of one feature; undefined where the policy does not limit it. */
  readonly maxTopShare: number | undefined;
  readonly forbidden: readonly string[];
  readonly parts: readonly BoundedPart[];
}

/** The SHAP values of some explained rows, feature by feature. */
export interface BeeswarmPlot extends Common {
  readonly kind: 'beeswarm';
  /** From the most important. */
  readonly features: readonly {
    readonly name: string;
    readonly values: readonly number[];
    /** Of all explained rows, those not shown too: least, lower quarter, median, upper quarter, greatest. */
    readonly quarters: readonly number[];
    /** Where each row's own value of the feature lies among all rows', from 0 to 1; null where it is not known. */
    readonly levels: readonly (number | null)[] | undefined;
  }[];
  readonly rows: number;
  readonly shownRows: number;
}

const MOST_FEATURES = 20;
const MOST_SWARMS = 10;
const MOST_SWARM_ROWS = 150;

/** What the check's explanation says: which features matter, and of SHAP how in each row. */
export async function explanationPlots(
  check: ExplanationCheck,
  finding: Finding,
  context: CheckContext,
): Promise<readonly (Omit<ImportancePlot, 'id' | 'checks'> | Omit<BeeswarmPlot, 'id' | 'checks'>)[]> {
  const read = await readExplanation(check, context, context.run);
  if (!read.ok) return [];
  const found = read.value.explanation;
  const importance = importancePlot(check, finding, found);
  if (found.method !== 'shap' || found.explanation.kind !== 'attributions') return [importance];
  return [importance, beeswarm(found.explanation, orderOf(importanceOf(found).values))];
}

function importancePlot(
  check: ExplanationCheck,
  finding: Finding,
  found: FoundExplanation,
): Omit<ImportancePlot, 'id' | 'checks'> {
  const { features, values, rows } = importanceOf(found);
  const total = values.reduce((sum, value) => sum + value, 0);
  const sides = sidesOf(found, values.length, features);
  return {
    ...{ kind: 'importance', method: check.method, rows, featureCount: values.length },
    features: orderOf(values)
      .slice(0, MOST_FEATURES)
      .map((feature) => ({
        name: features?.[feature] ?? `feature number ${feature}`,
        value: values[feature] as number,
        share: total > 0 ? (values[feature] as number) / total : 0,
        up: sides?.up[feature],
        down: sides?.down[feature],
      })),
    maxTopShare: check.max_top_share,
    forbidden: check.forbidden ?? [],
    parts: (finding.parts ?? []).map((part) => ({ ...itemOfPart(part), bound: boundOfPart(part.name, check) })),
  };
}

function boundOfPart(name: string, check: ExplanationCheck): BoundedPart['bound'] {
  const limit = (key: 'min' | 'max', value: number | undefined) => (value === undefined ? null : { [key]: value });
  switch (name) {
    case 'additivity':
      return limit('max', check.additivity);
    case 'top_share':
      return limit('max', check.max_top_share);
    case 'rank':
      return limit('min', check.min_rank_correlation);
    case 'fidelity':
      return limit('min', check.min_fidelity);
    default:
      return null;
  }
}

function orderOf(values: Float64Array): readonly number[] {
  return Array.from(values.keys()).sort((a, b) => (values[b] as number) - (values[a] as number) || a - b);
}

interface Sides {
  readonly up: Float64Array;
  readonly down: Float64Array;
}

/** Over all explained rows, the mean of what pushes up and of what pushes down. */
function sidesOf(found: FoundExplanation, count: number, features: readonly string[] | undefined): Sides | undefined {
  const sides = { up: new Float64Array(count), down: new Float64Array(count) };
  if (found.method === 'lime') {
    if (features === undefined) return undefined;
    addLime(found.explanation, new Map(features.map((name, index) => [name, index])), sides);
    return sides;
  }
  const { explanation } = found;
  if (explanation.kind !== 'attributions') return undefined;
  const { values, featureCount, rows } = explanation;
  for (let at = 0; at < values.length; at += 1) add(sides, at % featureCount, (values[at] as number) / rows);
  return sides;
}

function addLime({ rows }: LimeExplanation, places: ReadonlyMap<string, number>, sides: Sides): void {
  for (const { weights } of rows) {
    for (const { feature, weight } of weights) add(sides, places.get(feature) as number, weight / rows.length);
  }
}

function add({ up, down }: Sides, feature: number, value: number): void {
  const side = value > 0 ? up : down;
  side[feature] = (side[feature] as number) + value;
}

function beeswarm(
  { values, data, featureCount, rows, features }: Attributions,
  order: readonly number[],
): Omit<BeeswarmPlot, 'id' | 'checks'> {
  const columnOf = (table: ArrayLike<number>, feature: number): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) => table[row * featureCount + feature] as number);
  const swarms = order.slice(0, MOST_SWARMS).map((feature) => ({
    name: features?.[feature] ?? `feature number ${feature}`,
    column: columnOf(values, feature),
    own: data && columnOf(data, feature),
  }));
  const columns = swarms.flatMap(({ column, own }) => (own === undefined ? [column] : [column, own]));
  const shown = rowsWithExtremes(rows, columns, MOST_SWARM_ROWS);
  return {
    ...{ kind: 'beeswarm', rows, shownRows: shown.length },
    features: swarms.map(({ name, column, own }) => ({
      name,
      values: shown.map((row) => column[row] as number),
      quarters: quartersOf(column),
      levels: own && levelsOf(own, shown),
    })),
  };
}

function quartersOf(values: Float64Array): readonly number[] {
  const sorted = values.toSorted();
  return [0, 0.25, 0.5, 0.75, 1].map((share) => sorted[Math.round(share * (sorted.length - 1))] ?? 0);
}

/** The rank of each shown row's value among all rows', equal values alike. */
function levelsOf(column: Float64Array, shown: readonly number[]): readonly (number | null)[] {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort();
  return shown.map((row) => {
    const value = column[row] as number;
    if (Number.isNaN(value) || sorted.length === 0) return null;
    const below = firstAtLeast(sorted, value);
    let through = below;
    while (through < sorted.length && sorted[through] === value) through += 1;
    return Math.round(((below + through) / 2 / sorted.length) * 100) / 100;
  });
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
