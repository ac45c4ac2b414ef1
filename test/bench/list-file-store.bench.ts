import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { nodeOptions } from '../../scripts/build.mjs';
import { openMlflowFiles } from '../../src/runs/mlflow-files.ts';
import { metricFile, writeFileStore } from './list-file-store.ts';
import type { Bench, BenchRow } from './row.ts';

const RUNS = 10_000;
const METRICS = 20;

/**
 * Lists a file store that lies in the system's file cache, for MLflow and for us alike: every run, with the latest value
 * of each of its metrics. MLflow reads params and tags as well, of which this store has one tag a run. The first listing
 * is made in a process of its own, which tells its memory, and from a bundle, as it ships; then it is made again where
 * nothing changed and nobody watched, so that each file is asked for its size; then with one run appended to.
 */
export const bench: Bench = async () => {
  const python = process.env['MODEL_SIGNOFF_PYTHON'];
  if (!python) {
    console.error('MODEL_SIGNOFF_PYTHON is unset, so that listing runs has no peer to be compared with');
    return [];
  }
  const place = mkdtempSync(join(tmpdir(), 'signoff-bench-'));
  try {
    const store = join(place, 'mlruns');
    writeFileStore(store, RUNS, METRICS);
    const peer = Number(printed(python, [scriptOf('list_file_store_peer.py'), store, String(RUNS)]));
    const ours = JSON.parse(printed(process.execPath, [await bundleLister(place), store])) as Listing;
    const what = `${RUNS} runs × ${METRICS} metrics of a file store`;
    return [
      {
        name: `list ${what}`,
        ...{ ours: ours.milliseconds, unit: 'ms' },
        peer: { name: 'mlflow.search_runs', value: peer * 1000 },
        budget: { timesFaster: 20 },
      },
      { name: `memory for ${what}`, ours: ours.kilobytes, unit: 'kB', budget: { atMost: 300_000 } },
      {
        name: '… again, where nothing changed',
        ...{ ours: ours.again, unit: 'ms' },
        peer: { name: 'mlflow.search_runs', value: peer * 1000 },
        budget: { timesFaster: 20 },
      },
      {
        name: '… without metrics, as the views and the newest run ask',
        ...{ ours: ours.asViews, unit: 'ms' },
        peer: { name: 'mlflow.search_runs, with metrics', value: peer * 1000 },
        budget: { timesFaster: 20 },
      },
      await oneChangedRun(store),
    ];
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
};

interface Listing {
  readonly milliseconds: number;
  readonly again: number;
  readonly asViews: number;
  readonly kilobytes: number;
}

/** In dist/, a thread's code is a file of its own, whose name the code beside it knows. */
async function bundleLister(folder: string): Promise<string> {
  await esbuild.build({
    ...nodeOptions,
    entryPoints: {
      'bench/list-file-store-once': 'test/bench/list-file-store-once.ts',
      'chunks/run-reader-worker': 'src/runs/mlflow-files/run-reader-worker.ts',
    },
    outdir: folder,
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
  });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return join(folder, 'bench', 'list-file-store-once.js');
}

async function oneChangedRun(store: string): Promise<BenchRow> {
  const opened = await openMlflowFiles({ folder: store, location: 'mlruns' });
  if (!opened.ok) throw new Error(opened.problem.message);
  await opened.value.list();
  const path = metricFile(store, 42, 3);
  appendFileSync(path, '1700000000000 0.5 999\n');
  const start = performance.now();
  const { value } = await opened.value.list({ changed: [path] });
  const ours = performance.now() - start;
  if (!value?.some(({ metrics }) => metrics.get('metric_3')?.step === 999)) throw new Error('The change was not seen');
  return { name: 'read one changed run of a file store', ours, unit: 'ms', budget: { atMost: 50 } };
}

function printed(program: string, given: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, given, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function scriptOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
