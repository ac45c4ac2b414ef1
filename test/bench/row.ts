import type { Metafile } from 'esbuild';

/** One line of the benchmark's table. */
export interface BenchRow {
  readonly name: string;
  /** Our figure, in `unit`. */
  readonly ours: number;
  readonly unit: 'ms' | 'kB' | 'MB/s' | '%' | 'SD';
  /** The figure of whom we compare with, measured in the same run. */
  readonly peer?: { readonly name: string; readonly value: number };
  /** What design.md promises. */
  readonly budget: Budget;
}

export type Budget =
  | { readonly atMost: number }
  | { readonly atLeast: number }
  /** How many times the peer's speed, at least. */
  | { readonly timesFaster: number }
  /** How much of the peer's time, at most. */
  | { readonly timesSlower: number };

export interface BenchContext {
  /** What esbuild put into dist/. */
  readonly metafile: Metafile;
}

/** What every `*.bench.ts` exports under the name `bench`. */
export type Bench = (context: BenchContext) => Promise<readonly BenchRow[]>;

/** Our figure as a multiple of the peer's speed: 10 means ten times as fast. */
export function ratioOf({ ours, unit, peer }: BenchRow): number | undefined {
  if (!peer) return undefined;
  return unit === 'MB/s' ? ours / peer.value : peer.value / ours;
}

export function isWithinBudget(row: BenchRow): boolean {
  const ratio = ratioOf(row);
  const { budget } = row;
  if ('atMost' in budget) return row.ours <= budget.atMost;
  if ('atLeast' in budget) return row.ours >= budget.atLeast;
  if (ratio === undefined) return false;
  return 'timesFaster' in budget ? ratio >= budget.timesFaster : 1 / ratio <= budget.timesSlower;
}

/** The median of several timings in milliseconds: one slow start must not decide. */
export async function medianMilliseconds(times: number, work: () => unknown): Promise<number> {
  const timings: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const start = performance.now();
    await work();
    timings.push(performance.now() - start);
  }
  return median(timings);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
