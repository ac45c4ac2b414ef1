import type { KnownRun } from './known-run.ts';
import { NUMBERS_A_POINT, PlainPoints } from './plain-points.ts';
import { NO_METRICS } from './run-metrics.ts';
import type { Sharing } from './sharing.ts';

/**
 * Runs on their way from one thread to another. To copy objects for each metric would cost nearly as much as to read
 * them again, so plain points travel as the numbers that they are, in one array, and lists of names once.
 */
export interface PackedRuns {
  /** As they were read, but with no metrics where `nameLists` has a list for them. */
  readonly runs: readonly KnownRun[];
  /** For each run, where the names of its metrics stand in `lists`; undefined for one that travels as it is. */
  readonly nameLists: readonly (number | undefined)[];
  readonly lists: readonly (readonly string[])[];
  /** Of each such run in turn: the sizes of the metrics' files, then the points' numbers. */
  readonly numbers: Float64Array<ArrayBuffer>;
}

export function packRuns(runs: readonly KnownRun[]): PackedRuns {
  const lists: (readonly string[])[] = [];
  const numbers: number[] = [];
  const nameLists: (number | undefined)[] = [];
  const rest = runs.map((run) => {
    const { metrics, sizes } = run.metrics;
    if (!(metrics instanceof PlainPoints)) {
      nameLists.push(undefined);
      return run;
    }
    // The same list is the same object, mostly the last one's.
    const known = lists.lastIndexOf(metrics.names);
    nameLists.push(known < 0 ? lists.push(metrics.names) - 1 : known);
    for (const size of sizes) numbers.push(size);
    for (const number of metrics.numbers) numbers.push(number);
    return { ...run, metrics: NO_METRICS, summary: run.summary && { ...run.summary, metrics: NO_METRICS.metrics } };
  });
  return { runs: rest, nameLists, lists, numbers: Float64Array.from(numbers) };
}

export function unpackRuns({ runs, nameLists, lists, numbers }: PackedRuns, sharing: Sharing): KnownRun[] {
  const shared = lists.map((list) => sharing.list(list));
  let at = 0;
  const take = (count: number): number[] => {
    const taken: number[] = [];
    for (const end = at + count; at < end; at += 1) taken.push(numbers[at] ?? Number.NaN);
    return taken;
  };
  return runs.map((run, index): KnownRun => {
    const stamped = sharing.list(run.stamped);
    const summary = run.summary && { ...run.summary, experiment: sharing.text(run.summary.experiment) };
    const paths = shared[nameLists[index] ?? -1];
    if (paths === undefined || summary === undefined) return { ...run, stamped, summary };
    const sizes = take(paths.length);
    const metrics = new PlainPoints(paths, take(NUMBERS_A_POINT * paths.length));
    return { ...run, stamped, summary: { ...summary, metrics }, metrics: { ...NO_METRICS, metrics, paths, sizes } };
  });
}
