import type { RunSummary } from './run.ts';

/** The finished run that ended last (then: started last, then: has the greater id); undefined when none has finished. */
export function newestFinishedRun<Summary extends RunSummary>(runs: readonly Summary[]): Summary | undefined {
  let newest: Summary | undefined;
  for (const run of runs) {
    if (run.status !== 'finished') continue;
    if (newest === undefined || isNewer(run, newest)) newest = run;
  }
  return newest;
}

/** Sorts runs for lists: the one that started last comes first. */
export function compareNewestFirst(a: RunSummary, b: RunSummary): number {
  const difference = (b.startTime ?? 0) - (a.startTime ?? 0);
  if (difference !== 0) return difference;
  if (a.id === b.id) return 0;
  return a.id < b.id ? 1 : -1;
}

function isNewer(run: RunSummary, than: RunSummary): boolean {
  const ended = (run.endTime ?? run.startTime ?? 0) - (than.endTime ?? than.startTime ?? 0);
  if (ended !== 0) return ended > 0;
  const started = (run.startTime ?? 0) - (than.startTime ?? 0);
  return started !== 0 ? started > 0 : run.id > than.id;
}
