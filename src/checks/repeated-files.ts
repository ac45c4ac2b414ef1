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
): Promise<string | undefined> {
  const known = new Map<string, number>();
  for (const [index, { path, sha256 }] of evidence.entries()) {
    const key = `${sha256} ${partitionOf(located.matched?.[index] ?? '')}`;
    const before = known.get(key);
    known.set(key, index);
    if (before === undefined) continue;
    const read = await readColumns({ absolute: [located.absolute[index] ?? ''], relative: [path] }, []);
    if (read.ok && read.value.rows === 0) continue;
    return `“${evidence[before]?.path}” and “${path}” of data set “${name}” hold the same bytes, so that each row would count twice; keep one of them.`;
  }
  return undefined;
}

function partitionOf(path: string): string {
  const folders = path.split('/').slice(0, -1);
  return folders.filter((folder) => folder.includes('=')).join('/');
}
