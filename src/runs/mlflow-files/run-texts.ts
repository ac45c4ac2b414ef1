import { type Result, succeed } from '../../base/result.ts';
import { compareText } from './linked-things.ts';
import { listNamedFiles, refuseUnlessFile } from './named-files.ts';
import { readStoreFile, type StorePath, textOf, unreadable } from './store-files.ts';

/** MLflow's longest tags are kilobytes. */
const MOST_TEXT_BYTES = 4 * 1024 * 1024;

/** Params or tags: a file for each, whose content is the value as it stands; by name. */
export function readTexts(folder: StorePath): Result<ReadonlyMap<string, string>> {
  const listed = listNamedFiles(folder);
  if (!listed.ok) return listed;
  const texts: [string, string][] = [];
  for (const file of listed.value.files) {
    const path = refuseUnlessFile(folder, file);
    if (!path.ok) return path;
    const bytes = readStoreFile(path.value, MOST_TEXT_BYTES);
    if (!bytes.ok) return bytes;
    if (bytes.value === undefined) continue;
    const text = textOf(bytes.value);
    if (text === undefined) return unreadable(path.value, 'is not a text');
    texts.push([file.name, text]);
  }
  return succeed(new Map(texts.sort(([a], [b]) => compareText(a, b))));
}
