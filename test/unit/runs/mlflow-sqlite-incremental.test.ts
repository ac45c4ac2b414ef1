import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { openMlflowSqlite } from '../../../src/runs/mlflow-sqlite.ts';
import type { OpenRuns } from '../../../src/runs/open-runs.ts';
import { makeStore, type Store } from './store.ts';

async function open({ databaseFile }: Store): Promise<OpenRuns> {
  const opened = await openMlflowSqlite({ databaseFile, location: 'mlflow.db' });
  assert.ok(opened.ok, JSON.stringify(opened));
  return opened.value;
}

async function assertListsAfresh(store: Store, runs: OpenRuns): Promise<void> {
  for (const metrics of ['none', 'latest'] as const) {
    const fresh = await open(store);
    const expected = await fresh.list({ metrics });
    fresh.close();
    assert.deepEqual(await runs.list({ metrics }), expected);
    if (metrics === 'none') for (const each of expected.value ?? []) assert.equal(each.metrics.size, 0);
  }
}

type Write =
  | { readonly kind: 'log'; readonly run: number; readonly key: string; readonly value: number; readonly step: number }
  | { readonly kind: 'run' | 'delete' | 'restore' | 'gc'; readonly run: number }
  | { readonly kind: 'rename' | 'tag-name'; readonly run: number; readonly name: string }
  | { readonly kind: 'experiment' | 'delete-experiment'; readonly id: number; readonly name: string }
  | { readonly kind: 'vacuum' | 'list' };

const run = fc.nat(5);
const writes: fc.Arbitrary<Write[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('log' as const),
        run,
        key: fc.constantFrom('a', 'b'),
        value: fc.double(),
        step: fc.nat(3),
      }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('run', 'delete', 'restore', 'gc'), run }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constantFrom('rename', 'tag-name'), run, name: fc.constantFrom('', 'x', 'y') }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('experiment', 'delete-experiment'),
        id: fc.integer({ min: 1, max: 3 }),
        name: fc.constantFrom('p', 'q'),
      }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('vacuum', 'list') }) },
  ),
  { maxLength: 40 },
);

function apply(store: Store, write: Exclude<Write, { kind: 'list' }>): void {
  const { database } = store;
  const id = 'run' in write ? `r${write.run}` : '';
  const exists = database.prepare('SELECT 1 FROM runs WHERE run_uuid = ?').get(id) !== undefined;
  const erase = () => {
    for (const table of ['metrics', 'latest_metrics', 'tags'])
      database.prepare(`DELETE FROM ${table} WHERE run_uuid = ?`).run(id);
  };
  switch (write.kind) {
    case 'run':
      if (!exists) store.addRun({ id, start: write.run, metrics: { a: [write.run] } });
      return;
    case 'log': {
      if (!exists) return;
      const [value, isNan] = Number.isNaN(write.value) ? [0, 1] : [write.value, 0];
      const stored = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
      const point = [write.key, stored, 1, write.step, isNan, id] as const;
      database
        .prepare('INSERT INTO metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, ?, ?)')
        .run(...point);
      database.prepare('DELETE FROM latest_metrics WHERE key = ? AND run_uuid = ?').run(write.key, id);
      database
        .prepare('INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, ?, ?)')
        .run(...point);
      return;
    }
    case 'delete':
    case 'restore':
      database
        .prepare('UPDATE runs SET lifecycle_stage = ? WHERE run_uuid = ?')
        .run(write.kind === 'delete' ? 'deleted' : 'active', id);
      return;
    case 'gc':
      erase();
      database.prepare('DELETE FROM runs WHERE run_uuid = ?').run(id);
      return;
    case 'rename':
      database.prepare('UPDATE runs SET name = ? WHERE run_uuid = ?').run(write.name, id);
      return;
    case 'tag-name':
      database.prepare("DELETE FROM tags WHERE key = 'mlflow.runName' AND run_uuid = ?").run(id);
      database.prepare("INSERT INTO tags (key, value, run_uuid) VALUES ('mlflow.runName', ?, ?)").run(write.name, id);
      return;
    case 'experiment':
      database
        .prepare("INSERT OR REPLACE INTO experiments (experiment_id, name, lifecycle_stage) VALUES (?, ?, 'active')")
        .run(write.id, write.name);
      return;
    case 'delete-experiment':
      database.prepare("UPDATE experiments SET lifecycle_stage = 'deleted' WHERE experiment_id = ?").run(write.id);
      return;
    case 'vacuum':
      database.exec('VACUUM');
  }
}

test('after any writes, the list of an open source equals the list of one just opened', async () => {
  await fc.assert(
    fc.asyncProperty(writes, fc.constantFrom('delete', 'wal'), async (sequence, journal) => {
      const store = makeStore();
      store.database.exec(`PRAGMA journal_mode = ${journal}`);
      const runs = await open(store);
      for (const write of sequence) {
        if (write.kind === 'list') await assertListsAfresh(store, runs);
        else apply(store, write);
      }
      await assertListsAfresh(store, runs);
      runs.close();
    }),
    { numRuns: 100 },
  );
});

test('a latest value that somebody wrote past MLflow is noticed', async () => {
  const store = makeStore();
  store.addRun({ id: 'a', metrics: { m: [0.5] } });
  const runs = await open(store);
  await runs.list();
  store.database.exec('UPDATE latest_metrics SET value = 0.75');
  assert.equal((await runs.list()).value?.[0]?.metrics.get('m')?.value, 0.75);
  runs.close();
});

test('another store under the same name is read from its beginning', async () => {
  const [store, other] = [makeStore(), makeStore()];
  store.addRun({ id: 'a' });
  other.addRun({ id: 'b' });
  const runs = await open(store);
  assert.deepEqual(
    (await runs.list()).value?.map(({ id }) => id),
    ['a'],
  );
  copyFileSync(other.databaseFile, join(store.folder, 'next.db'));
  renameSync(join(store.folder, 'next.db'), store.databaseFile);
  assert.deepEqual(
    (await runs.list()).value?.map(({ id }) => id),
    ['b'],
  );
  copyFileSync(makeStoreWith('c').databaseFile, store.databaseFile);
  assert.deepEqual(
    (await runs.list()).value?.map(({ id }) => id),
    ['c'],
  );
  runs.close();
});

function makeStoreWith(id: string): Store {
  const store = makeStore();
  store.addRun({ id });
  return store;
}

test('lists and loads that are asked for at once wait for each other', async () => {
  const store = makeStoreWith('a');
  const runs = await open(store);
  const [first, second, loaded] = await Promise.all([runs.list(), runs.list(), runs.load('a')]);
  assert.deepEqual(first, second);
  assert.ok(loaded.ok);
  runs.close();
});

const WRITER = `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(process.argv[1]);
  database.exec('PRAGMA busy_timeout = 10000; PRAGMA synchronous = OFF');
  for (let step = 1; step <= 300; step += 1) {
    database.exec('BEGIN IMMEDIATE');
    for (const key of ['a', 'b']) {
      database.exec(\`INSERT INTO metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES ('\${key}', \${step}, 1, \${step}, 0, 'r')\`);
      database.exec(\`UPDATE latest_metrics SET value = \${step}, timestamp = 1, step = \${step} WHERE key = '\${key}'\`);
    }
    database.exec('COMMIT');
  }
`;

for (const journal of ['delete', 'wal']) {
  test(`while another process writes (journal: ${journal}), each reading is of one moment`, async () => {
    const store = makeStore();
    store.database.exec(`PRAGMA journal_mode = ${journal}`);
    store.addRun({ id: 'r', metrics: { a: [0], b: [0] } });
    const runs = await open(store);
    const writer = spawn(process.execPath, ['--no-warnings', '-e', WRITER, store.databaseFile], { stdio: 'inherit' });
    const ended = new Promise<number | null>((resolve) => writer.on('exit', resolve));
    const exit: { code?: number | null } = {};
    ended.then((code) => {
      exit.code = code;
    });
    let before = 0;
    while (!('code' in exit)) {
      const { value, problems } = await runs.list();
      assert.deepEqual(problems, []);
      const [a, b] = ['a', 'b'].map((key) => value?.[0]?.metrics.get(key)?.value);
      assert.equal(a, b);
      assert.ok((a ?? -1) >= before);
      before = a ?? 0;
      const loaded = await runs.load('r');
      assert.ok(loaded.ok, JSON.stringify(loaded));
      assert.equal(loaded.value.history.get('a')?.length, loaded.value.history.get('b')?.length);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    assert.equal(exit.code, 0);
    assert.equal((await runs.list()).value?.[0]?.metrics.get('b')?.value, 300);
    runs.close();
  });
}
