import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, rmSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseAnyMeta, parseEasyMeta } from '../../../src/runs/mlflow-files/meta-yaml.ts';
import type { ListOptions } from '../../../src/runs/open-runs.ts';
import type { Run, RunSummary } from '../../../src/runs/run.ts';
import { type FileStore, makeFileStore, openFiles } from './file-store.ts';

async function list(store: FileStore, experiment?: string): Promise<readonly RunSummary[]> {
  const { value, problems } = await (await openFiles(store, experiment)).list();
  assert.deepEqual(problems, []);
  return value ?? [];
}

async function load(store: FileStore, id: string): Promise<Run> {
  const loaded = await (await openFiles(store)).load(id);
  assert.ok(loaded.ok, JSON.stringify(loaded));
  return loaded.value;
}

for (const version of ['mlflow-1.30', 'mlflow-2.22', 'mlflow-3.17']) {
  test(`a store that ${version} wrote is read with everything in it, wherever it was moved`, async () => {
    const store = makeFileStore(version);
    const runs = await list(store);
    assert.deepEqual(
      runs.map(({ experiment, status }) => [experiment, status]),
      [
        ['Default', 'running'],
        ['odd values', 'failed'],
        ['odd values', 'finished'],
      ],
    );
    const odd = runs.find(({ name }) => name === 'odd');
    assert.ok(odd);
    const values = Object.fromEntries([...odd.metrics].map(([name, { value }]) => [name, value]));
    const { auc, ...others } = values;
    assert.equal(auc, version === 'mlflow-3.17' ? 0.75 : undefined);
    assert.deepEqual(others, {
      ...{ nan: Number.NaN, inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY },
      ...{ 'a/nested/name': 0.1, small: 1e-5, tied: -1, steps: 5 / 7, loss: 1 / 50 },
    });
    const run = await load(store, odd.id);
    assert.deepEqual(
      run.history.get('steps')?.map(({ step }) => step),
      [-2, 1, 3, 5],
    );
    assert.equal(run.history.get('loss')?.length, 50);
    assert.deepEqual(new Map([...run.metrics]), new Map([...odd.metrics].sort(([a], [b]) => (a < b ? -1 : 1))));
    assert.deepEqual(Object.fromEntries(run.params), { C: '1.0', empty: '', 'nested/param': 'x\ny: [z]\n' });
    assert.equal(run.tags.get('note/nested'), 'naïve 模型\n"quoted"');
    const experiment = readdirSync(store.folder).find((name) => /^[1-9]/.test(name)) ?? '';
    assert.equal(run.artifactFolder, store.path(experiment, odd.id, 'artifacts'));
    const inputs = run.inputs.map(({ name, context }) => [name, context]);
    const expected = [
      ['train', 'training'],
      ['without context', undefined],
    ];
    if (version === 'mlflow-2.22') assert.deepEqual(inputs, expected);
    if (version === 'mlflow-3.17') assert.deepEqual(inputs, [['holdout', undefined], ...expected]);
    assert.deepEqual(
      run.models.map(({ name, status }) => [name, status]),
      version === 'mlflow-3.17'
        ? [
            ['classifier', 'ready'],
            ['pending', 'pending'],
          ]
        : [],
    );
    const registered = run.registered.map(({ name, version: number, aliases, tags }) => [
      name,
      number,
      aliases,
      [...tags],
    ]);
    const versions = [
      ['credit risk', '1', [], []],
      ['credit risk', '2', ['a', 'champion'], [['signoff.status', 'approved']]],
    ];
    assert.deepEqual(registered, version === 'mlflow-1.30' ? [] : versions);
    if (version === 'mlflow-3.17') assert.equal(run.registered[1]?.artifactFolder, run.models[0]?.artifactFolder);
    if (version === 'mlflow-2.22') {
      assert.equal(run.registered[1]?.artifactFolder, store.path(experiment, odd.id, 'artifacts', 'model'));
    }
  });
}

test('metric lines have two, three or five fields, and the latest is by step, then time, then value', async () => {
  const store = makeFileStore();
  store.addRun({
    id: 'a',
    metrics: {
      old: '1000 0.25\n1001 0.5\n',
      steps: '1000 3 2\n1005 1 1\n1000 4 2\n',
      dataset: '1000 0.875 3 test_set a1b2c3d4\n2000 0.5 1 test_set a1b2c3d4\n',
      spaced: '1000 0.875 3 my test set a1b2c3d4\n',
      windows: '1000 0.5 1\r\n1001 0.75 2\r\n',
      'val\\loss': '1000 0.5 1\n',
      'val/auc': '1000 0.5 1\n',
    },
  });
  const [run] = await list(store);
  const of = (name: string) => [run?.metrics.get(name)?.value, run?.metrics.get(name)?.step];
  assert.deepEqual(of('old'), [0.5, 0]);
  assert.deepEqual(of('steps'), [4, 2]);
  assert.deepEqual(of('dataset'), [0.875, 3]);
  assert.deepEqual(of('spaced'), [0.875, 3]);
  assert.deepEqual(of('windows'), [0.75, 2]);
  assert.deepEqual(of('val/loss'), [0.5, 1]);
  assert.deepEqual(of('val/auc'), [0.5, 1]);
});

test('descriptions of old runs: int ids, run_uuid alone, status by name or none, the name in a tag', async () => {
  const store = makeFileStore();
  store.addRun({
    id: 'a',
    meta: { run_id: null, run_uuid: 'a', experiment_id: '1', status: 'FAILED', run_name: "''" },
    tags: { 'mlflow.runName': 'champion' },
  });
  store.addRun({ id: 'b', meta: { status: null, run_name: null, user_id: "''", end_time: 'null' } });
  store.addRun({ id: '12e45678901234567890123456789012', meta: { start_time: '1' } });
  const runs = await list(store);
  assert.deepEqual(
    runs.map(({ id, name, status, user, endTime }) => [id, name, status, user, endTime]),
    [
      ['b', 'b', 'running', undefined, undefined],
      ['a', 'champion', 'failed', 'ana', 2000],
      ['12e45678901234567890123456789012', '12e45678901234567890123456789012', 'finished', 'ana', 2000],
    ],
  );
});

test('deleted runs and experiments, the registry and other folders are left out', async () => {
  const store = makeFileStore();
  store.addRun({ id: 'a' });
  store.addRun({ id: 'deleted', meta: { lifecycle_stage: 'deleted' } });
  store.write('2/meta.yaml', "experiment_id: '2'\nlifecycle_stage: deleted\nname: gone\n");
  store.addRun({ id: 'orphan', experiment: '2' });
  store.addRun({ id: 'trashed', experiment: '.trash/3' });
  store.write('models/credit/meta.yaml', 'name: credit\n');
  store.write('1/notes/readme.txt', 'x');
  assert.deepEqual(
    (await list(store)).map(({ id }) => id),
    ['a'],
  );
  for (const id of ['deleted', 'orphan', 'trashed', 'never', '../1/a', '']) {
    assert.equal((await (await openFiles(store)).load(id)).ok, false);
  }
});

test('an experiment is chosen by name, or else by id', async () => {
  const store = makeFileStore();
  store.addExperiment('2', 'second');
  store.addRun({ id: 'a' });
  store.addRun({ id: 'b', experiment: '2' });
  for (const wanted of ['second', '2']) {
    assert.deepEqual(
      (await list(store, wanted)).map(({ id }) => id),
      ['b'],
    );
  }
  const { problems } = await (await openFiles(store, 'third')).list();
  assert.match(problems[0]?.message ?? '', /no experiment “third”/);
});

test('a second listing sees what was appended, rewritten, added and deleted', async () => {
  const store = makeFileStore();
  for (const id of ['a', 'b']) store.addRun({ id, metrics: { m: '1000 0.25 1\n', 'n/o': '1000 0.25 1\n' } });
  const runs = await openFiles(store);
  const look = async (changed?: readonly string[]) => {
    const { value } = await runs.list(changed ? { changed } : {});
    return Object.fromEntries((value ?? []).map(({ id, metrics }) => [id, [...metrics.values()].map((p) => p.value)]));
  };
  assert.deepEqual(await look(), { b: [0.25, 0.25], a: [0.25, 0.25] });
  for (const told of ['told', 'not told']) {
    const paths = [store.write('1/a/metrics/n/o', `1000 ${told === 'told' ? 0.5 : 0.75} 1\n`)];
    assert.deepEqual((await look(told === 'told' ? paths : undefined))['a'], [0.25, told === 'told' ? 0.5 : 0.75]);
  }
  appendFileSync(store.path('1/a/metrics/m'), '1001 0.5 2\n');
  assert.deepEqual((await look([store.path('1/b')]))['a'], [0.25, 0.75], 'only what changed is read again');
  assert.deepEqual((await look([store.path('1/a/metrics/m')]))['a'], [0.5, 0.75]);
  store.addRun({ id: 'c' });
  assert.deepEqual((await look([store.path('1')]))['c'], []);
  rmSync(store.path('1/c'), { recursive: true });
  assert.equal((await look([store.path('1/c')]))['c'], undefined);
  store.addExperiment('2', 'second');
  store.addRun({ id: 'd', experiment: '2' });
  assert.deepEqual((await look([store.folder]))['d'], []);
  rmSync(store.path('2'), { recursive: true });
  assert.equal((await look([store.path('2')]))['d'], undefined);
});

test('a list without metrics shows none, and hides no change from the next one with them', async () => {
  const store = makeFileStore();
  for (const id of ['a', 'b']) store.addRun({ id, metrics: { m: '1000 0.25 1\n' } });
  const runs = await openFiles(store);
  const look = async (options: ListOptions) => {
    const { value, problems } = await runs.list(options);
    assert.deepEqual(problems, []);
    return Object.fromEntries((value ?? []).map(({ id, metrics }) => [id, [...metrics.values()].map((p) => p.value)]));
  };
  assert.deepEqual(await look({ metrics: 'none' }), { b: [], a: [] });
  assert.deepEqual(await look({ changed: [] }), { b: [0.25], a: [0.25] }, 'what was not read is read');
  const appended = store.write('1/a/metrics/m', '1000 0.5 2\n');
  assert.deepEqual(await look({ metrics: 'none', changed: [] }), { b: [], a: [] });
  assert.deepEqual(await look({ changed: [store.path('1/b')] }), { b: [0.25], a: [0.5] }, 'everything is compared');
  store.write('1/a/metrics/m', '1000 0.75 2\n');
  assert.deepEqual(await look({ metrics: 'none', changed: [appended] }), { b: [], a: [] });
  assert.deepEqual(await look({}), { b: [0.25], a: [0.75] });
  store.write('1/a/metrics/broken', 'x');
  assert.deepEqual((await runs.list({ metrics: 'none' })).problems, []);
  assert.equal((await runs.list()).problems.length, 1);
});

test('a listing is interrupted by its signal', async () => {
  const store = makeFileStore();
  store.addRun({ id: 'a' });
  await assert.rejects((await openFiles(store)).list({ signal: AbortSignal.abort() }), { name: 'AbortError' });
});

for (const metrics of ['latest', 'none'] as const) {
  test(`what is watched after a list (metrics: ${metrics}): the store, its experiments, and the newest runs’ descriptions and metrics`, async () => {
    const store = makeFileStore();
    store.addRun({ id: 'a', metrics: { 'n/o': '1 1 1\n' } });
    const runs = await openFiles(store);
    await runs.list({ metrics });
    assert.deepEqual(runs.source.watchedFolders, [
      store.folder,
      store.path('1'),
      store.path('1/a/metrics'),
      store.path('1/a/metrics/n'),
    ]);
    assert.ok(runs.source.watched.includes(store.path('1/a/meta.yaml')));
  });
}

test('the fast way of reading a description gives what the library gives, or nothing', () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      'null',
      'Null',
      '~',
      '12e45',
      '1',
      ' ',
      ':',
      '#',
      "'",
      '"',
      '-',
      '[]',
      '{}',
      '/',
      'file:///x',
      '%',
      '@',
      '.',
      '&',
      '\t',
      'é',
      '|',
      ', ',
      ' #',
      ': ',
    ],
  );
  const value = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
  const line = fc
    .tuple(fc.constantFrom('name', 'run_id', 'status', 'x'), value)
    .map(([key, text]) => `${key}: ${text}\n`);
  let easy = 0;
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 2 }), (lines) => {
      const fast = parseEasyMeta(lines.join(''));
      if (fast === undefined || lines.length === 0) return;
      easy += 1;
      const slow = parseAnyMeta(lines.join(''));
      assert.ok(!('what' in slow), JSON.stringify([lines, slow]));
      // A list or map without entries says nothing: which of the two ways it is kept in does not matter.
      const plain = (meta: typeof fast) =>
        [...meta].map(([key, text]) => [key, typeof text === 'string' ? text : null]);
      assert.deepEqual(plain(fast), plain(slow));
    }),
    { numRuns: 3000 },
  );
  assert.ok(easy > 100);
});
