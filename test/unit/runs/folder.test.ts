import assert from 'node:assert/strict';
import { rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openRunSource } from '../../../src/runs/open-run-source.ts';
import type { OpenRuns } from '../../../src/runs/open-runs.ts';
import { scratchFolder } from '../git/support/scratch-repository.ts';
import { loadRun, numbersOf, put } from './dvc-support.ts';

async function open(policyFolder: string, folder: string): Promise<OpenRuns> {
  const opened = await openRunSource({ folder }, policyFolder);
  assert.ok(opened.ok, JSON.stringify(opened));
  return opened.value;
}

/** A run whose metrics were written at a second since 1970. */
function addRun(root: string, path: string, metrics: string, second: number): void {
  put(root, `${path}/metrics.json`, metrics);
  utimesSync(join(root, path, 'metrics.json'), second, second);
}

function threeRuns(context: TestContext): string {
  const root = scratchFolder(context);
  addRun(root, 'runs/a', '{"auc": 0.8, "deep": {"f1": NaN}, "text": "0.9", "flag": true, "list": [1]}', 100);
  addRun(root, 'runs/b', '{"auc": 0.9}', 200);
  put(root, 'runs/c/model.bin', 'x');
  put(root, 'runs/empty/below/x', 'x');
  put(root, 'runs/file.txt', 'x');
  return root;
}

test('each folder is a run: finished when it has metrics, at the time when they were written', async (context) => {
  const root = threeRuns(context);
  put(root, 'runs/a/params.yaml', 'lr: 0.1\nnet: {depth: 3}\n');
  const runs = await open(root, 'runs');
  const { value, problems } = await runs.list();
  assert.deepEqual(problems, []);
  const listed = value?.map(({ id, status, endTime }) => [id, status, endTime]);
  assert.deepEqual(listed, [
    ['c', 'running', undefined],
    ['b', 'finished', 200_000],
    ['a', 'finished', 100_000],
  ]);
  const run = await loadRun(runs, 'a');
  assert.deepEqual(numbersOf(run), { auc: 0.8, 'deep.f1': Number.NaN });
  assert.deepEqual(Object.fromEntries(run.params), { lr: '0.1', 'net.depth': '3' });
  assert.equal(run.artifactFolder, join(root, 'runs/a'));
});

test('a glob chooses folders further down, and the id starts where it does', async (context) => {
  const root = scratchFolder(context);
  addRun(root, 'out/x/eval', '{"auc": 1}', 1);
  addRun(root, 'out/y/eval', '{"auc": 2}', 2);
  addRun(root, 'out/y/train', '{"auc": 3}', 3);
  for (const [folder, ids] of [
    ['out/*/eval', ['y/eval', 'x/eval']],
    ['out/y/*', ['train', 'eval']],
    ['out/**/eval', ['y/eval', 'x/eval']],
    ['./out/[x]/eval/', ['x/eval']],
  ] as const) {
    const { value } = await (await open(root, folder)).list();
    assert.deepEqual(
      value?.map(({ id }) => id),
      ids,
      folder,
    );
  }
});

test('a run that changed is read again, others are not', async (context) => {
  const root = threeRuns(context);
  const runs = await open(root, 'runs');
  await runs.list();
  addRun(root, 'runs/a', '{"auc": 0.1}', 300);
  addRun(root, 'runs/b', '{"auc": 0.2}', 400);
  const partly = await runs.list({ changed: [join(root, 'runs/a/metrics.json')] });
  const numbers = (value: typeof partly.value) => value?.map((run) => [run.id, numbersOf(run)['auc']]);
  assert.deepEqual(numbers(partly.value?.filter(({ id }) => id !== 'c')), [
    ['a', 0.1],
    ['b', 0.9],
  ]);
  assert.equal(numbersOf((await runs.list()).value?.find(({ id }) => id === 'b'))['auc'], 0.2);
  rmSync(join(root, 'runs/a'), { recursive: true });
  assert.ok(!(await runs.list({ changed: [join(root, 'runs/a')] })).value?.some(({ id }) => id === 'a'));
});

test('symbolic links make no runs, and lead to no metrics', async (context) => {
  const root = threeRuns(context);
  put(root, 'elsewhere/metrics.json', '{"auc": 1}');
  symlinkSync(join(root, 'elsewhere'), join(root, 'runs/latest'));
  put(root, 'runs/d/x', 'x');
  symlinkSync(join(root, 'elsewhere/metrics.json'), join(root, 'runs/d/metrics.json'));
  const runs = await open(root, 'runs');
  const { value, problems } = await runs.list();
  assert.deepEqual(value?.map(({ id }) => id).sort(), ['a', 'b', 'c']);
  assert.match(problems[0]?.message ?? '', /The run “d” is left out: its metrics\.json leads out of its folder/);
  for (const id of ['latest', '../elsewhere', '', '.', 'never'])
    assert.match(JSON.stringify(await runs.load(id)), /There is no run/);
});

test('a bad run hides no other, and is one clear sentence', async (context) => {
  const root = threeRuns(context);
  addRun(root, 'runs/bad', '{"auc": ', 1);
  put(root, 'runs/list/metrics.json', '[1]');
  put(root, 'runs/folder/metrics.json/x', '1');
  put(root, 'runs/twice/metrics.json', '{}');
  put(root, 'runs/twice/params.json', '{}');
  put(root, 'runs/twice/params.yaml', '{}');
  const runs = await open(root, 'runs');
  const { value, problems } = await runs.list();
  assert.deepEqual(value?.map(({ id }) => id).sort(), ['a', 'b', 'c', 'twice']);
  assert.ok(problems.every(({ severity }) => severity === 'warning'));
  const said = problems.map(({ message }) => message).sort();
  assert.equal(said.length, 3);
  assert.match(said[0] ?? '', /^The run “bad” is left out: its metrics\.json is not JSON: .*\.$/);
  assert.equal(said[1], 'The run “folder” is left out: its metrics.json is not a file.');
  assert.equal(said[2], 'The run “list” is left out: its metrics.json holds no metrics by name.');
  assert.match(JSON.stringify(await runs.load('twice')), /says the params a second time, beside params\.json/);
});

test('a folder that is not there is one clear sentence', async (context) => {
  const opened = await openRunSource({ folder: 'gone/*' }, scratchFolder(context));
  assert.ok(!opened.ok && /“gone” does not exist/.test(opened.problem.message));
});
