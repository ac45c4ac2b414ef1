import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { nextUniform, seededRandom } from '../../../src/metrics/resampling/random.ts';
import { openMlflowSqlite } from '../../../src/runs/mlflow-sqlite.ts';
import { openRunSource } from '../../../src/runs/open-run-source.ts';
import type { Run, RunSummary } from '../../../src/runs/run.ts';
import { storeMadeBy } from './mlflow-versions.ts';

const PAGE = 4096;
const FLIPS = 700;
/** Longer than this is a hang; far more than any of it takes. */
const HANG_MS = 2000;

interface Read {
  readonly summaries: readonly RunSummary[] | undefined;
  readonly runs: ReadonlyMap<string, Run>;
  readonly problems: readonly string[];
}

async function read(databaseFile: string, ids: readonly string[]): Promise<Read> {
  const runs = new Map<string, Run>();
  const opened = await openMlflowSqlite({ databaseFile, location: 'mlflow.db' });
  if (!opened.ok) return { summaries: undefined, runs, problems: [opened.problem.message] };
  const listed = await opened.value.list();
  const problems = listed.problems.map(({ message }) => message);
  for (const id of ids) {
    const loaded = await opened.value.load(id);
    if (loaded.ok) runs.set(id, loaded.value);
    else problems.push(loaded.problem.message);
  }
  opened.value.close();
  return { summaries: listed.value, runs, problems };
}

async function pristine(version: '2.22.5' | '3.17.2' = '3.17.2') {
  const store = storeMadeBy(version);
  const ids = store.expected.map(({ id }) => id);
  const truth = await read(store.databaseFile, ids);
  assert.deepEqual(truth.problems, []);
  assert.equal(truth.runs.size, ids.length);
  return { ...store, ids, truth, whole: readFileSync(store.databaseFile) };
}

function assertSentences(problems: readonly string[]): void {
  for (const problem of problems) assert.match(problem, /“mlflow\.db”|^The run “/);
}

test('a store cut short at any page is a problem, never other values', async () => {
  const { databaseFile, ids, truth, whole } = await pristine();
  for (let length = 0; length < whole.length; length += PAGE) {
    writeFileSync(databaseFile, whole.subarray(0, length));
    const found = await read(databaseFile, ids);
    assertSentences(found.problems);
    assert.ok(found.problems.length > 0, `cut at ${length}`);
    for (const [id, run] of found.runs) assert.deepEqual(run, truth.runs.get(id), `cut at ${length}`);
  }
});

test('flipped bits neither stop nor crash the reading, and a metric’s value is the true one or none', async () => {
  const { databaseFile, ids, truth, whole } = await pristine('2.22.5');
  const random = seededRandom(4);
  const unseen = new Set<string>();
  for (let flip = 0; flip < FLIPS; flip += 1) {
    const at = Math.floor(nextUniform(random) * whole.length);
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(nextUniform(random) * 8));
    writeFileSync(databaseFile, bytes);
    const start = performance.now();
    const found = await read(databaseFile, ids);
    assert.ok(performance.now() - start < HANG_MS, `hangs when byte ${at} is flipped`);
    assertSentences(found.problems);
    for (const [id, run] of found.runs) {
      const wanted = truth.runs.get(id);
      assert.deepEqual([run.metrics, run.history], [wanted?.metrics, wanted?.history], `byte ${at}`);
      for (const field of Object.keys(run) as (keyof Run)[]) {
        if (JSON.stringify(run[field]) !== JSON.stringify(wanted?.[field])) unseen.add(field);
      }
    }
  }
  // What stands in the file once and is free text can't contradict anything.
  const isFreeText = ['name', 'experiment', 'user', 'startTime', 'endTime', 'params', 'tags', 'models', 'registered'];
  assert.deepEqual(
    [...unseen].filter((field) => !isFreeText.includes(field)),
    [],
  );
});

test('a value that was changed on disk alone is found, be it in the history or the latest', async () => {
  const { databaseFile, ids, truth, whole } = await pristine();
  const values = [...truth.runs.values()].flatMap(({ metrics }) => [...metrics.values()]);
  const tenth = Buffer.alloc(8);
  tenth.writeDoubleBE(values.find((point) => point.value === 0.1)?.value ?? Number.NaN);
  let at = whole.indexOf(tenth);
  let places = 0;
  for (; at >= 0; at = whole.indexOf(tenth, at + 1)) {
    places += 1;
    const bytes = Buffer.from(whole);
    bytes.writeDoubleBE(0.9, at);
    writeFileSync(databaseFile, bytes);
    const found = await read(databaseFile, ids);
    assert.match(found.problems.join(' '), /is damaged; restore it from a copy/);
  }
  assert.equal(places, 3);
});

test('a pipe, a folder, a circle of links, nothing, or gigabytes of zeros in its place is one sentence', {
  skip: process.platform === 'win32',
}, async () => {
  const { folder } = storeMadeBy('1.30.1');
  const path = join(folder, 'mlflow.db');
  const cases: Record<string, () => void> = {
    pipe: () => execFileSync('mkfifo', [path]),
    folder: () => mkdirSync(path),
    circle: () => symlinkSync('mlflow.db', path),
    nothing: () => {},
    empty: () => writeFileSync(path, ''),
    zeros: () => {
      writeFileSync(path, '');
      truncateSync(path, 5 * 1024 ** 3);
    },
  };
  for (const [name, make] of Object.entries(cases)) {
    rmSync(path, { recursive: true, force: true });
    make();
    for (const open of [
      () => openMlflowSqlite({ databaseFile: path, location: 'mlflow.db' }),
      () => openRunSource({ mlflow: 'mlflow.db' }, folder),
    ]) {
      const start = performance.now();
      const opened = await open();
      const listed = opened.ok ? (await opened.value.list()).problems : [opened.problem];
      if (opened.ok) opened.value.close();
      assert.equal(listed.length, 1, name);
      assert.match(listed[0]?.message ?? '', /“mlflow\.db”/, name);
      assert.ok(performance.now() - start < HANG_MS, name);
    }
  }
});
