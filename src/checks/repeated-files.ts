import type { Located } from '../evidence/locate-artifact.ts';
import { readColumns } from '../evidence/table.ts';
import type { EvidenceFile } from './outcome.ts';

/**
 * Why the files of a pattern are no table: two of them hold the same bytes, so that each row would count twice.
 * Files without rows may be alike, and files in folders whose `key=value` tells their rows apart. undefined where all
 * is well.
 */
export async function repeatedFileSentence(
  name: string,
  located: Located,
  evidence: readonly EvidenceFile[],
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  /** Digests of files without rows: a table may have thousands of them. */
  const empty = new Set<string>();
  const known = new Map<string, number>();
  for (const [index, { path, sha256 }] of evidence.entries()) {
    const key = `${sha256} ${partitionOf(located.matched?.[index] ?? '')}`;
    const before = known.get(key);
    known.set(key, index);
    if (before === undefined || empty.has(sha256)) continue;
    const file = { absolute: [located.absolute[index] ?? ''], relative: [path] };
    const read = await readColumns(file, [], signal ? { signal } : {});
    if (read.ok && read.value.rows === 0) {
      empty.add(sha256);
      continue;
    }
    return `“${evidence[before]?.path}” and “${path}” of data set “${name}” hold the same bytes, so that each row would count twice; keep one of them.`;
  }
  return undefined;
}

function partitionOf(path: string): string {
  const folders = path.split('/').slice(0, -1);
  return folders.filter((folder) => folder.includes('=')).join('/');
}
