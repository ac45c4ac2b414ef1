import type { Group } from './schema.ts';

/** The name of the group of rows whose value is null. */
export const MISSING_GROUP = '(missing)';

/**
 * The names of the intervals between ascending edges: `[25, 45]` gives `(-inf,25)`, `[25,45)` and `[45,inf)`.
 * Every interval holds its lower edge.
 */
export function binLabels(edges: readonly number[]): readonly string[] {
  const ends = [...edges.map(String), 'inf'];
  return ends.map((end, index) => (index === 0 ? `(-inf,${end})` : `[${ends[index - 1]},${end})`));
}

/** Which of the intervals a finite value falls in, as an index into `binLabels(edges)`. */
export function binIndex(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? Number.POSITIVE_INFINITY) <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The column that a declared group reads. */
export function groupColumn(name: string, group: Group): string {
  return group.column ?? name;
}

/** A check's `by` or `group` as a list. */
export function groupNames(reference: string | readonly string[] | undefined): readonly string[] {
  if (reference === undefined) {
    return [];
  }
  return typeof reference === 'string' ? [reference] : reference;
}
