import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openMlflowFiles } from '../../../src/runs/mlflow-files.ts';
import type { OpenRuns } from '../../../src/runs/open-runs.ts';

export const FIXTURES = fileURLToPath(new URL('../../fixtures/mlflow-files', import.meta.url));

export interface FileRun {
  readonly id: string;
  readonly experiment?: string;
  /** Replaces lines of `meta.yaml`; null leaves one out. */
  readonly meta?: Readonly<Record<string, string | null>>;
  /** Name → content of the file. */
  readonly metrics?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface FileStore {
  readonly folder: string;
  path(...names: string[]): string;
  write(path: string, content: string | Uint8Array): string;
  addExperiment(id: string, name: string, more?: string): void;
  addRun(run: FileRun): void;
}

/** A store in a folder of its own, gone when the tests of the file are over; with experiment 1, “first”. */
export function makeFileStore(copyOf?: string): FileStore {
  const place = mkdtempSync(join(tmpdir(), 'signoff-files-'));
  after(() => rmSync(place, { recursive: true, force: true }));
  const folder = join(place, 'mlruns');
  const path = (...names: string[]): string => join(folder, ...names);
  const write = (name: string, content: string | Uint8Array): string => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), content);
    return path(name);
  };
  const addExperiment = (id: string, name: string, more = ''): void => {
    write(`${id}/meta.yaml`, `experiment_id: '${id}'\nlifecycle_stage: active\nname: ${name}\n${more}`);
  };
  if (copyOf === undefined) addExperiment('1', 'first');
  else cpSync(join(FIXTURES, copyOf), folder, { recursive: true });
  const addRun = ({ id, experiment = '1', meta = {}, metrics = {}, params = {}, tags = {} }: FileRun): void => {
    const lines: Record<string, string | null> = {
      artifact_uri: `file:///elsewhere/mlruns/${experiment}/${id}/artifacts`,
      end_time: '2000',
      experiment_id: `'${experiment}'`,
      lifecycle_stage: 'active',
      run_id: id,
      run_name: id,
      start_time: '1000',
      status: '3',
      user_id: 'ana',
      ...meta,
    };
    const text = Object.entries(lines).map(([key, value]) => (value === null ? '' : `${key}: ${value}\n`));
    write(`${experiment}/${id}/meta.yaml`, text.join(''));
    for (const [part, files] of Object.entries({ metrics, params, tags })) {
      for (const [name, content] of Object.entries(files)) write(`${experiment}/${id}/${part}/${name}`, content);
    }
  };
  return { folder, path, write, addExperiment, addRun };
}

export async function openFiles({ folder }: Pick<FileStore, 'folder'>, experiment?: string): Promise<OpenRuns> {
  const opened = await openMlflowFiles({ folder, location: 'mlruns', ...(experiment ? { experiment } : {}) });
  assert.ok(opened.ok, JSON.stringify(opened));
  return opened.value;
}
