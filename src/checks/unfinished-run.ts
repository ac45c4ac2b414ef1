import type { RunSummary } from '../runs/run.ts';

/** What is to be kept in mind of a run that did not come to its end, in one sentence; undefined for one that did. */
export function unfinishedSentence({ name, status }: Pick<RunSummary, 'name' | 'status'>): string | undefined {
  if (status === 'finished') return undefined;
  const consequence = status === 'failed' || status === 'killed' ? 'be incomplete' : 'still change';
  return `The run “${name}” is ${status}, not finished; what it says may ${consequence}.`;
}
