import { countOf } from '../../base/text.ts';
import type { ColumnPair, DriftColumn } from '../../metrics/drift/columns.ts';
import { binCounts, equalEdges } from '../../metrics/reduce/bin-counts.ts';
import type { DriftCheck } from '../../policy/schema.ts';
import type { CheckContext, Finding } from '../check-context.ts';
import { comparedColumns } from '../drift/compared-columns.ts';
import type { OutcomePart } from '../outcome.ts';
import type { ColumnDistribution, DriftPlot } from './plot.ts';
import { itemOfPart } from './slices.ts';

/** So many of the farthest columns have their distributions drawn. */
const MOST_DISTRIBUTIONS = 8;
const BINS = 30;
const MOST_CATEGORIES = 10;
/** Enough to find where nearly all numbers lie. */
const SAMPLE = 20_000;
/** Numbers beyond these shares are counted in the outermost bins, so that a few far ones don't flatten the rest. */
const [LOW_SHARE, HIGH_SHARE] = [0.005, 0.995];

/** How far each column moved, from the farthest, and both samples' distributions of those that moved farthest. */
export async function driftPlot(
  check: DriftCheck,
  finding: Finding,
  context: CheckContext,
): Promise<Omit<DriftPlot, 'id' | 'checks'> | undefined> {
  const reference = await context.tables.load(check.reference);
  const current = await context.tables.load(check.current);
  if (!reference.ok || !current.ok || finding.value === null) return undefined;
  const whole: OutcomePart = { ...finding, name: 'all columns together' };
  const columns = (finding.parts ?? [whole])
    .map((part) => ({ ...itemOfPart(part), noise: finding.noise?.get(part.name) ?? null }))
    .toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1) || (a.name < b.name ? -1 : 1));
  const pairs = new Map(
    comparedColumns(check, reference.value.rows, current.value.rows).columns.map(({ name, pair }) => [name, pair]),
  );
  // A method that takes all columns at once says nothing of single ones.
  const names = finding.parts === undefined ? [...pairs.keys()] : columns.map(({ name }) => name);
  const distributions = names.slice(0, MOST_DISTRIBUTIONS).flatMap((name) => {
    const pair = pairs.get(name);
    const made = pair?.ok ? distributionOf(name, pair.value) : undefined;
    return made === undefined ? [] : [made];
  });
  return {
    ...{ kind: 'drift', method: check.method, max: check.max, columns, distributions },
    names: { reference: check.reference, current: check.current },
  };
}

function distributionOf(name: string, { reference, current }: ColumnPair): ColumnDistribution | undefined {
  if (reference.kind === 'number' && current.kind === 'number')
    return ofNumbers(name, reference.values, current.values);
  if (reference.kind === 'text' && current.kind === 'text') return ofTexts(name, reference, current);
  return undefined;
}

function ofNumbers(name: string, reference: Float64Array, current: Float64Array): ColumnDistribution | undefined {
  const sample = Float64Array.from([...sampleOf(reference), ...sampleOf(current)]).sort();
  const range = rangeOf(sample);
  if (range === undefined) return undefined;
  const edges = edgesFor(sample, range);
  const missing = { reference: missingIn(reference), current: missingIn(current) };
  return {
    ...{ name, kind: 'number', edges, categories: [], missing },
    reference: sharesWithin(reference, edges),
    current: sharesWithin(current, edges),
  };
}

function sampleOf(values: Float64Array): number[] {
  const step = Math.max(1, Math.ceil(values.length / SAMPLE));
  const sample: number[] = [];
  for (let row = 0; row < values.length; row += step) {
    const value = values[row] as number;
    if (Number.isFinite(value)) sample.push(value);
  }
  return sample;
}

function rangeOf(sorted: Float64Array): readonly [number, number] | undefined {
  if (sorted.length === 0) return undefined;
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
  const [low, high] = [at(LOW_SHARE), at(HIGH_SHARE)];
  if (low < high) return [low, high];
  return [low - (Math.abs(low) || 1) * 0.5, high + (Math.abs(high) || 1) * 0.5];
}

/** One bin for each whole number where there are few of them. */
function edgesFor(sorted: Float64Array, [low, high]: readonly [number, number]): number[] {
  if (high - low <= BINS && sorted.every((value) => Number.isInteger(value))) {
    return Array.from({ length: high - low + 2 }, (_, index) => low - 0.5 + index);
  }
  return equalEdges(low, high, BINS);
}

function sharesWithin(values: Float64Array, edges: readonly number[]): number[] {
  const { positives: counts } = binCounts(values, edges);
  const [least, most] = [edges[0] as number, edges.at(-1) as number];
  let present = 0;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    if (Number.isNaN(value)) continue;
    present += 1;
    if (value < least) counts[0] = (counts[0] as number) + 1;
    else if (value > most) counts[counts.length - 1] = (counts[counts.length - 1] as number) + 1;
  }
  return Array.from(counts, (count) => (present > 0 ? count / present : 0));
}

function missingIn(values: Float64Array): number {
  let missing = 0;
  for (let row = 0; row < values.length; row += 1) if (Number.isNaN(values[row])) missing += 1;
  return values.length > 0 ? missing / values.length : 0;
}

type TextColumn = Extract<DriftColumn, { kind: 'text' }>;

/** The most frequent categories of both samples; the others together. */
function ofTexts(name: string, reference: TextColumn, current: TextColumn): ColumnDistribution {
  const [ofReference, ofCurrent] = [categoryShares(reference), categoryShares(current)];
  const all = [...new Set([...ofReference.shares.keys(), ...ofCurrent.shares.keys()])];
  const shareOf = (category: string) => (ofReference.shares.get(category) ?? 0) + (ofCurrent.shares.get(category) ?? 0);
  const ordered = all.toSorted((a, b) => shareOf(b) - shareOf(a) || (a < b ? -1 : 1));
  const shown = ordered.slice(0, MOST_CATEGORIES);
  const rest = ordered.slice(MOST_CATEGORIES);
  const sharesFor = (shares: ReadonlyMap<string, number>) => [
    ...shown.map((category) => shares.get(category) ?? 0),
    ...(rest.length > 0 ? [rest.reduce((sum, category) => sum + (shares.get(category) ?? 0), 0)] : []),
  ];
  return {
    ...{ name, kind: 'text', edges: [] },
    categories: [...shown, ...(rest.length > 0 ? [countOf(rest.length, 'other')] : [])],
    reference: sharesFor(ofReference.shares),
    current: sharesFor(ofCurrent.shares),
    missing: { reference: ofReference.missing, current: ofCurrent.missing },
  };
}

function categoryShares({ codes, categories }: TextColumn): { shares: Map<string, number>; missing: number } {
  const counts = new Float64Array(categories.length);
  let missing = 0;
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] as number;
    if (code < 0) missing += 1;
    else counts[code] = (counts[code] as number) + 1;
  }
  const present = codes.length - missing;
  const shares = new Map<string, number>();
  for (const [code, category] of categories.entries()) {
    if (counts[code]) shares.set(category, (counts[code] as number) / present);
  }
  return { shares, missing: codes.length > 0 ? missing / codes.length : 0 };
}
