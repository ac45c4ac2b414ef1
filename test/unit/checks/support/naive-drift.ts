import type { DriftCheck } from '../../../../src/policy/schema.ts';
import type { Cell } from './memory-context.ts';

/**
 * How far a column has moved, value by value: the witness of the fuzz tests. undefined where the witness does not know,
 * as of bins; NaN where there is no answer.
 */
export function naiveDrift(
  method: DriftCheck['method'],
  reference: readonly Cell[],
  current: readonly Cell[],
): number | undefined {
  const isMissing = (cell: Cell, cells: readonly Cell[]) => cell === null || (!isText(cells) && Number.isNaN(cell));
  const missing = [reference, current].map(
    (cells) => cells.filter((cell) => isMissing(cell, cells)).length / cells.length,
  );
  if (method === 'missing_rate_change') return Math.abs((missing[0] as number) - (missing[1] as number));
  if (isText(reference) !== isText(current)) return Number.NaN;
  const [first, second] = [reference, current].map((cells) => cells.filter((cell) => !isMissing(cell, cells))) as [
    Cell[],
    Cell[],
  ];
  if (isText(reference)) return ofCategories(method, first.map(String), second.map(String));
  const binned = method === 'psi' || method === 'jensen_shannon';
  return binned
    ? undefined
    : (ofNumbers(method, first as number[], second as number[]) ?? ofCategories(method, first, second));
}

function isText(cells: readonly Cell[]): boolean {
  return cells.some((cell) => typeof cell === 'string');
}

/** Areas between the shares of values at or below each value. */
function ofNumbers(
  method: DriftCheck['method'],
  first: readonly number[],
  second: readonly number[],
): number | undefined {
  const values = [...new Set([...first, ...second])].sort((a, b) => a - b);
  const below = (sample: readonly number[], at: number) => sample.filter((value) => value <= at).length / sample.length;
  const gaps = values.map((at) => Math.abs(below(first, at) - below(second, at)));
  const area = (power: number) =>
    gaps
      .slice(0, -1)
      .reduce((sum, gap, index) => sum + gap ** power * ((values[index + 1] as number) - (values[index] as number)), 0);
  switch (method) {
    case 'ks':
      return Math.max(...gaps);
    case 'wasserstein':
      return area(1);
    case 'wasserstein_normed': {
      const mean = first.reduce((sum, value) => sum + value, 0) / first.length;
      const squares = first.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      return area(1) / Math.max(Math.sqrt(squares / first.length), 0.001);
    }
    case 'energy':
      return Math.sqrt(2 * area(2));
    default:
      return undefined;
  }
}

function ofCategories(
  method: DriftCheck['method'],
  first: readonly Cell[],
  second: readonly Cell[],
): number | undefined {
  const names = [...new Set([...first, ...second])];
  const shareOf = (sample: readonly Cell[], name: Cell) =>
    sample.filter((cell) => cell === name).length / sample.length;
  const pairs = names.map((name) => [shareOf(first, name), shareOf(second, name)] as const);
  const sum = (of: (p: number, q: number) => number) => pairs.reduce((total, [p, q]) => total + of(p, q), 0);
  const part = (p: number, middle: number) => (p > 0 ? p * Math.log(p / middle) : 0);
  const [n, m] = [first.length, second.length];
  // Chi-square over all rows: Σ (p − q)² / (p/m + q/n) / (n + m).
  const perRow = () => sum((p, q) => (p - q) ** 2 / (p / m + q / n)) / (n + m);
  switch (method) {
    case 'total_variation':
      return sum((p, q) => Math.abs(p - q)) / 2;
    case 'new_categories':
      return sum((p, q) => (p === 0 ? q : 0));
    case 'vanished_categories':
      return sum((p, q) => (q === 0 ? p : 0));
    case 'psi':
      return sum((p, q) => ((p || 1e-4) - (q || 1e-4)) * Math.log((p || 1e-4) / (q || 1e-4)));
    case 'jensen_shannon':
      return Math.sqrt(
        Math.max(
          0,
          sum((p, q) => part(p, (p + q) / 2) + part(q, (p + q) / 2)),
        ) / 2,
      );
    case 'chi2':
      return perRow();
    case 'cramers_v':
      return Math.sqrt(perRow());
    default:
      return undefined;
  }
}
