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

/**
 * What to add where two data sets hold a file of the same bytes: the comparison is right, and a copy may be a mistake.
 * Empty where there is none, or where both have one path.
 */
export function sameBytesRemark(first: LoadedDataset, second: LoadedDataset): string {
  if (first.rows.dataset.path === second.rows.dataset.path) return '';
  for (const { path, sha256 } of second.evidence) {
    const copy = first.evidence.find((file) => file.sha256 === sha256);
    if (copy !== undefined) return ` “${copy.path}” and “${path}” hold the same bytes.`;
  }
  return '';
}
