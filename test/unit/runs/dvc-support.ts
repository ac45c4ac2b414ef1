import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { openDvc } from '../../../src/runs/dvc.ts';
import type { OpenRuns } from '../../../src/runs/open-runs.ts';
import type { Run } from '../../../src/runs/run.ts';
import { scratchFolder } from '../git/support/scratch-repository.ts';

export async function openProject(context: TestContext, policyFolder: string, dvc = '.'): Promise<OpenRuns> {
  const opened = await openDvc({ dvc, policyFolder, surroundings: { cacheFolder: scratchFolder(context) } });
  assert.ok(opened.ok, JSON.stringify(opened));
  return opened.value;
}

export async function loadRun(runs: OpenRuns, id: string): Promise<Run> {
  const loaded = await runs.load(id);
  assert.ok(loaded.ok, JSON.stringify(loaded));
  return loaded.value;
}

export function numbersOf(run: { readonly metrics: Run['metrics'] } | undefined): Record<string, number> {
  return Object.fromEntries([...(run?.metrics ?? [])].map(([name, { value }]) => [name, value]));
}

export function md5(content: string): string {
  return createHash('md5').update(content).digest('hex');
}

/** Puts a content where DVC 3 keeps it, or, in the layout of 2, earlier ones. */
export function putInCache(folder: string, content: string, layout: '3' | '2' = '3'): string {
  const id = md5(content);
  const parts = [...(layout === '3' ? ['files', 'md5'] : []), id.slice(0, 2), id.slice(2)];
  put(folder, ['.dvc', 'cache', ...parts].join('/'), content);
  return id;
}

/** Puts a folder of files into the cache: each, and their list. */
export function putFolderInCache(folder: string, files: Readonly<Record<string, string>>): string {
  const list = Object.entries(files).map(([relpath, content]) => ({ md5: putInCache(folder, content), relpath }));
  const text = JSON.stringify(list);
  const id = md5(text);
  put(folder, `.dvc/cache/files/md5/${id.slice(0, 2)}/${id.slice(2)}.dir`, text);
  return `${id}.dir`;
}

export function put(folder: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}
