import { f } from './marks.ts';

/** The outline of bars that stand side by side. */
export function stepPath(
  heights: readonly number[],
  edges: readonly number[],
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  const ground = f(y(0));
  const steps = heights.map((height, bin) => `V${f(y(height))}H${f(x(edges[bin + 1] as number))}`);
  return `M${f(x(edges[0] as number))} ${ground}${steps.join('')}V${ground}Z`;
}

/** As many bins as the arrow keys go through without getting tired. */
const MOST_STOPS = 25;

/** Neighbouring bins together, where there are many. */
export function joinedBins(
  counts: readonly number[],
  edges: readonly number[],
): readonly { readonly from: number; readonly to: number; readonly count: number }[] {
  const size = Math.ceil(counts.length / MOST_STOPS);
  return Array.from({ length: Math.ceil(counts.length / size) }, (_, index) => {
    const start = index * size;
    const end = Math.min(counts.length, start + size);
    const count = counts.slice(start, end).reduce((sum, each) => sum + each, 0);
    return { from: edges[start] as number, to: edges[end] as number, count };
  });
}
