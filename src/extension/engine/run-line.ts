import type { RunSummary } from '../../runs/run.ts';

/** A run as lists show it. Without its metrics: ten thousand runs with all of theirs would keep the editor waiting. */
export type RunLine = Omit<RunSummary, 'metrics'>;

export function runLine({ id, name, experiment, status, user, startTime, endTime }: RunSummary): RunLine {
  return { id, name, experiment, status, user, startTime, endTime };
}
