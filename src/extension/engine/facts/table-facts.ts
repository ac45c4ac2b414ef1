import { statSync } from 'node:fs';
import { type Located, locateArtifact, type Places } from '../../../evidence/locate-artifact.ts';
import { previewTable } from '../../../evidence/table-preview.ts';
import { tableFormat } from '../../../evidence/table-source.ts';
import type { TableFacts } from '../../../policy/language/facts.ts';

/** A table that did not change since is not looked at again. Of one policy at a time; small, since it holds no rows. */
const seen = new Map<string, { readonly stamp: string; readonly facts: TableFacts | undefined }>();
const MOST_SEEN = 100;

/** What is known of the tables that a policy names, by their path as it writes it; of those that can be read. */
export async function tableFacts(
  paths: readonly string[],
  places: Places,
  signal: AbortSignal,
): Promise<Readonly<Record<string, TableFacts>>> {
  const tables: Record<string, TableFacts> = Object.create(null);
  for (const path of new Set(paths)) {
    signal.throwIfAborted();
    const located = locateArtifact(path, places);
    if (!located.ok || !tableFormat(located.value.absolute).ok) continue;
    const facts = await factsOf(located.value, signal);
    if (facts !== undefined) tables[path] = facts;
  }
  return tables;
}

async function factsOf(files: Located, signal: AbortSignal): Promise<TableFacts | undefined> {
  const key = files.absolute.join('\n');
  const stamp = files.absolute.map(stampOf).join('\n');
  const known = seen.get(key);
  if (known?.stamp === stamp) return known.facts;
  const preview = await previewTable(files, { signal });
  const facts = preview.ok ? { files: files.absolute, ...preview.value } : undefined;
  if (seen.size >= MOST_SEEN) seen.clear();
  seen.set(key, { stamp, facts });
  return facts;
}

function stampOf(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs}/${size}/${ino}`;
  } catch {
    return 'gone';
  }
}
