import type { LoadedDataset } from './dataset-tables.ts';

/**
 * Why two data sets can't be told apart: they read a file in common, as a pattern does that finds the training data too.
 * Data sets of one path are meant to, since a file may hold clean and perturbed scores in two columns. undefined when
 * they read nothing in common.
 */
export function sharedFileSentence(first: LoadedDataset, second: LoadedDataset): string | undefined {
  if (first.rows.dataset.path === second.rows.dataset.path) return undefined;
  const shared = second.evidence.find(({ path }) => first.evidence.some((file) => file.path === path));
  if (shared === undefined) return undefined;
  return `Data sets “${first.name}” and “${second.name}” both read “${shared.path}”, so that they can’t be compared; give each its own files.`;
}
