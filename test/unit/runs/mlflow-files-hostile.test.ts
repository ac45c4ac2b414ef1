import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { nextUniform, seededRandom } from '../../../src/metrics/resampling/random.ts';
import type { Run } from '../../../src/runs/run.ts';
import { type FileStore, makeFileStore, openFiles } from './file-store.ts';

const POSIX = { skip: process.platform === 'win32', timeout: 20_000 };

/** A store with a good run and another, to which something is done. */
async function after(spoil: (store: FileStore) => void) {
  const store = makeFileStore();
  for (const id of ['good', 'bad']) {
    store.addRun({ id, metrics: { auc: '1000 0.75 1\n', f1: '1000 0.5 1\n' }, params: { C: '1' } });
  }
  spoil(store);
  const runs = await openFiles(store);
  const { value, problems } = await runs.list();
  const loaded = await runs.load('bad');
  assert.deepEqual([...(value?.find(({ id }) => id === 'good')?.metrics.keys() ?? [])].sort(), ['auc', 'f1']);
  const bad = value?.find(({ id }) => id === 'bad');
  const metrics = bad && Object.fromEntries([...bad.metrics].map(([name, point]) => [name, point.value]));
  return { metrics, warnings: problems.map(({ message }) => message), loaded: loaded.ok ? '' : loaded.problem.message };
}

for (const [line, content] of [
  ['line 2, is not a metric’s time, value and step', '1000 0.75 1\nhello\n'],
  ['line 3, is not a metric’s', '1000 0.75 1\n1000 0.8 2\n1000 0x10 3\n'],
  ['line 1, is not a metric’s', '\0\0\0'],
  ['line 1, is not a metric’s', '1000 0.75 1 m-model\n'],
  ['line 1, has no value', ''],
  ['line 2, does not end', '1000 0.75 1\n1001 0.8'],
  ['line 2, does not end', '1000 0.75 9\n1001 0.8 1'],
] as const) {
  test(`a metric whose file has ${JSON.stringify(content)} takes no earlier value, and ${line}`, async () => {
    const { metrics, warnings, loaded } = await after((store) => store.write('1/bad/metrics/auc', content));
    assert.deepEqual(metrics, { f1: 0.5 });
    assert.deepEqual(warnings.length, 1);
    for (const said of [warnings[0], loaded]) assert.ok(said?.startsWith(`“mlruns/1/bad/metrics/auc”, ${line}`), said);
  });
}

for (const [why, name, content] of [
  ['is not YAML', 'meta.yaml', "run_id: bad\nuser_id: 'an"],
  ['is not a text', 'meta.yaml', Buffer.from([0xff, 0xfe, 0])],
  ['describes the run “good”', 'meta.yaml', 'run_id: good\n'],
  ['has the unknown status “9”', 'meta.yaml', 'run_id: bad\nstatus: 9\n'],
  ['nests deeper', 'meta.yaml', `run_id: bad\ntags: ${'['.repeat(1000)}\n`],
  ['is larger than', 'meta.yaml', 'x'.repeat(2 ** 21)],
] as const) {
  test(`a run whose description ${why} is left out with a warning`, async () => {
    const { metrics, warnings, loaded } = await after((store) => store.write(`1/bad/${name}`, content));
    assert.equal(metrics, undefined);
    for (const said of [warnings[0], loaded])
      assert.ok(said?.includes(why) && said.includes('mlruns/1/bad/meta.yaml'), said);
  });
}

test('pipes, folders and links in place of files are refused, and nothing waits', POSIX, async () => {
  const pipe = (path: string) => (store: FileStore) => {
    rmSync(store.path(path), { force: true });
    execFileSync('mkfifo', [store.path(path)]);
  };
  const link = (path: string, target: string) => (store: FileStore) => {
    rmSync(store.path(path), { recursive: true });
    symlinkSync(store.path(target), store.path(path));
  };
  const folder = (store: FileStore) => {
    rmSync(store.path('1/bad/meta.yaml'));
    mkdirSync(store.path('1/bad/meta.yaml'));
  };
  for (const [spoil, said] of [
    [pipe('1/bad/meta.yaml'), 'meta.yaml” is not a regular file'],
    [pipe('1/bad/metrics/auc'), 'auc” is not a regular file'],
    [folder, 'meta.yaml” is a folder where a file should be'],
    [link('1/bad/metrics', '1/good/metrics'), 'metrics” is a symbolic link'],
    [link('1/bad/metrics/auc', '1/good/metrics/auc'), 'auc” is a symbolic link'],
    [link('1/bad/meta.yaml', '1/good/meta.yaml'), 'meta.yaml” is a symbolic link'],
  ] as const) {
    const { metrics, warnings, loaded } = await after(spoil);
    assert.equal(metrics?.['auc'], undefined);
    assert.ok(warnings[0]?.includes(said), warnings[0]);
    assert.ok(loaded.includes(said), loaded);
  }
});

test('artifacts are not found through a link to another run’s', POSIX, async () => {
  const store = makeFileStore();
  for (const id of ['a', 'b']) store.addRun({ id });
  store.write('1/a/artifacts/x.txt', 'x');
  symlinkSync(store.path('1/a/artifacts'), store.path('1/b/artifacts'));
  const loaded = await (await openFiles(store)).load('b');
  assert.ok(loaded.ok && loaded.value.artifactFolder === undefined);
});

test('a metric file of 5 GB is refused with the bound', POSIX, async () => {
  const { warnings } = await after((store) => truncateSync(store.path('1/bad/metrics/auc'), 5 * 2 ** 30));
  assert.match(warnings[0] ?? '', /auc” is larger than the 65536 KiB that are read/);
});

test('a file without permission is one sentence', POSIX, async () => {
  const user = process.geteuid?.();
  const { warnings } = await after((store) => {
    for (const path of [dirname(store.folder), store.folder]) chmodSync(path, 0o755);
    chmodSync(store.path('1/bad/meta.yaml'), 0);
    if (user === 0) process.seteuid?.(65534);
  }).finally(() => {
    if (user === 0) process.seteuid?.(0);
  });
  assert.match(warnings[0] ?? '', /meta\.yaml” can’t be read: you have no permission/);
});

test('metric names through a hundred folders are read', async () => {
  const name = Array.from({ length: 100 }, () => 'a').join('/');
  const { metrics } = await after((store) => store.write(`1/bad/metrics/${name}`, '1000 0.25 1\n'));
  assert.equal(metrics?.[name], 0.25);
});

test('odd names are text', async () => {
  const names = [
    '__proto__',
    'constructor',
    '1e5',
    'null',
    '<script>',
    '田中さん',
    '‮abc',
    "' OR 1=1",
    '😍',
    '$(touch x)',
  ];
  const store = makeFileStore();
  for (const name of names) {
    store.addRun({
      id: name,
      meta: { run_id: JSON.stringify(name), run_name: JSON.stringify(name) },
      metrics: { [name]: '1 1 1\n' },
    });
  }
  const { value, problems } = await (await openFiles(store)).list();
  assert.deepEqual(problems, []);
  assert.deepEqual(
    value?.map(({ name, metrics }) => [name, [...metrics.keys()]]).sort(),
    names.map((name) => [name, [name]]).sort(),
  );
});

test('600 damaged copies of real stores: no crash, and no value is wrong but in the damaged file itself', {
  timeout: 300_000,
}, async () => {
  const random = seededRandom(4);
  const below = (count: number): number => Math.floor(nextUniform(random) * count);
  for (const version of ['mlflow-1.30', 'mlflow-3.17']) {
    const store = makeFileStore(version);
    const files = filesBelow(store.folder).filter((path) => !path.includes('/artifacts/') && !path.includes('.trash'));
    const pristine = await everything(store);
    assert.ok(pristine.size > 30);
    for (let round = 0; round < 300; round += 1) {
      const path = files[below(files.length)] ?? '';
      const whole = readFileSync(path);
      const damaged = Buffer.from(round % 2 ? whole.subarray(0, below(whole.length)) : whole);
      if (damaged.length > 0) damaged[below(damaged.length)] = below(256);
      writeFileSync(path, damaged);
      const damagedFile = relative(store.folder, path);
      for (const [key, value] of await everything(store)) {
        if (mayDifferBy(damagedFile, key)) continue;
        // The damage may hide that a run was deleted; then all of it is new.
        const run = key.split(' ')[0] ?? '';
        if (damagedFile.endsWith(`/${run}/meta.yaml`) && !pristine.has(`${run} meta`)) continue;
        assert.equal(value, pristine.get(key), `${key} after damage to ${damagedFile}`);
      }
      writeFileSync(path, whole);
    }
  }
});

/** Every value that is read, by the run and by what it is. */
async function everything(store: FileStore): Promise<Map<string, string>> {
  const runs = await openFiles(store);
  const values = new Map<string, string>();
  for (const summary of (await runs.list()).value ?? []) {
    const { metrics, ...rest } = summary;
    for (const [name, point] of metrics)
      values.set(`${summary.id} metrics/${name} latest`, String(Object.values(point)));
    values.set(`${summary.id} meta`, JSON.stringify(rest));
    const loaded = await runs.load(summary.id);
    if (loaded.ok) for (const [key, value] of partsOf(loaded.value)) values.set(`${summary.id} ${key}`, value);
  }
  return values;
}

function partsOf({
  history,
  metrics,
  params,
  tags,
  inputs,
  models,
  registered,
  artifactFolder,
}: Run): [string, string][] {
  return [
    ...[...metrics].map(([name, point]): [string, string] => [`metrics/${name} loaded`, String(Object.values(point))]),
    ...[...history].map(([name, points]): [string, string] => [
      `metrics/${name} history`,
      String(points.map((point) => String(Object.values(point)))),
    ]),
    ...[...params].map(([name, value]): [string, string] => [`params/${name}`, value]),
    ...[...tags].map(([name, value]): [string, string] => [`tags/${name}`, value]),
    ['inputs', JSON.stringify(inputs)],
    ['models', JSON.stringify(models)],
    ['registered', JSON.stringify(registered.map((each) => ({ ...each, tags: [...each.tags] })))],
    ['artifactFolder', String(artifactFolder)],
  ];
}

/** What a damaged file is about: its own value, or for a description all that it describes. */
function mayDifferBy(damaged: string, key: string): boolean {
  const [first = '', second = '', third = ''] = damaged.split('/');
  if (first === 'models') return key.endsWith(' registered');
  if (second === 'meta.yaml') return key.endsWith(' meta');
  if (second === 'models') return /(?: models| registered)$/.test(key);
  if (second === 'datasets' || third === 'inputs') return key.endsWith(' inputs');
  if (!key.startsWith(second)) return false;
  if (third === 'meta.yaml') return / (?:meta|artifactFolder)$/.test(key);
  return key.startsWith(`${second} ${damaged.split('/').slice(2).join('/')}`);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test('a run with more values than any training logs is refused, and fills no memory', async () => {
  const store = makeFileStore();
  store.addRun({ id: 'a', metrics: { many: '1 1 1\n'.repeat(2_000_001) } });
  const half = '1 1 1\n'.repeat(1_000_001);
  store.addRun({ id: 'b', metrics: { first: half, second: half } });
  const runs = await openFiles(store);
  for (const [id, said] of [
    ['a', /line 2000001, is one more than the 2000000 values/],
    ['b', /holds more than the 2000000 values/],
  ] as const) {
    const run = await runs.load(id);
    assert.match(run.ok ? '' : run.problem.message, said);
  }
});

test('a name is not read through a link', POSIX, async () => {
  const store = makeFileStore();
  store.addRun({ id: 'a', meta: { run_name: null } });
  store.write('../elsewhere/mlflow.runName', 'a secret');
  symlinkSync(store.path('../elsewhere'), store.path('1/a/tags'));
  const { value } = await (await openFiles(store)).list();
  assert.deepEqual(
    value?.map(({ name }) => name),
    ['a'],
  );
});
