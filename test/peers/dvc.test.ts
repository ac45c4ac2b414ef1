import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openRunSource } from '../../src/runs/open-run-source.ts';
import type { OpenRuns } from '../../src/runs/open-runs.ts';
import type { Run } from '../../src/runs/run.ts';

const python = process.env['MODEL_SIGNOFF_PYTHON_DVC'];
const unlessPython = python ? {} : { skip: 'MODEL_SIGNOFF_PYTHON_DVC names no Python with DVC, DVCLive and GTO' };
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'signoff-dvc-')));
const project = join(scratch, 'project');
const surroundings = { cacheFolder: join(scratch, 'cache') };
after(() => rmSync(scratch, { recursive: true, force: true }));

interface Theirs {
  readonly metrics: unknown;
  readonly params: unknown;
}

function runScript(command: 'make' | 'read'): string {
  assert.ok(python);
  const script = fileURLToPath(new URL('dvc_project.py', import.meta.url));
  const ran = spawnSync(python, [script, command, project], {
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${dirname(python)}${delimiter}${process.env['PATH']}`,
      DVC_NO_ANALYTICS: '1',
      DO_NOT_TRACK: '1',
      GIT_CONFIG_GLOBAL: '',
    },
  });
  assert.equal(ran.status, 0, ran.stderr);
  return ran.stdout;
}

before(() => {
  if (python) runScript('make');
});

async function open(): Promise<OpenRuns> {
  const opened = await openRunSource({ dvc: '.' }, project, surroundings);
  assert.ok(opened.ok, JSON.stringify(opened));
  return opened.value;
}

async function loadAll(runs: OpenRuns): Promise<Run[]> {
  const listed = await runs.list();
  const loaded = await Promise.all((listed.value ?? []).map(({ id }) => runs.load(id)));
  return loaded.map((run) => {
    assert.ok(run.ok, JSON.stringify(run));
    return run.value;
  });
}

/** Python's nested values as we name them; lists are ends. */
function flat(value: unknown, name = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[name, value]];
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, name === '' ? key : `${name}.${key}`));
}

function theirMetrics(value: unknown): Record<string, unknown> {
  const isNumber = (leaf: unknown) => typeof leaf === 'number' || ['nan', 'inf', '-inf'].includes(String(leaf));
  return Object.fromEntries(flat(value).filter(([, leaf]) => isNumber(leaf)));
}

/** DVC also shows the values that templates took from `vars`, as params: those are not read. */
function theirParams(value: unknown): Record<string, string> {
  const own = flat(value).filter(([name]) => !name.startsWith('names.'));
  return Object.fromEntries(own.map(([name, leaf]) => [name, typeof leaf === 'string' ? leaf : JSON.stringify(leaf)]));
}

function ourMetrics(run: Run): Record<string, unknown> {
  const written = (value: number) =>
    Number.isFinite(value) ? value : Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  return Object.fromEntries([...run.metrics].map(([name, { value }]) => [name, written(value)]));
}

test(
  'metrics and params are those that DVC’s own API shows, in the workspace and at each commit',
  unlessPython,
  async () => {
    const theirs = JSON.parse(runScript('read')) as Record<string, Theirs>;
    const ours = await loadAll(await open());
    assert.deepEqual(
      ours.map(({ name }) => name.replace(/^[0-9a-f]{7} /, '')),
      ['workspace (not committed)', 'Log with DVCLive', 'Train', 'Start'],
    );
    for (const run of ours) {
      const their = theirs[run.id];
      assert.ok(their, run.id);
      if (their.metrics !== null) assert.deepEqual(ourMetrics(run), theirMetrics(their.metrics), run.name);
      assert.deepEqual(Object.fromEntries(run.params), theirParams(their.params), run.name);
    }
  },
);

test(
  'versions and stages are those that GTO’s tags say, each with the model of its own commit',
  unlessPython,
  async () => {
    const runs = await open();
    const wanted = { paths: ['model.bin', 'folder'], models: 'wanted' } as const;
    const weights = new Map<string, string>();
    const versions: string[] = [];
    for (const run of await loadAll(runs)) {
      if (run.id === 'workspace') continue;
      const fetched = await runs.fetchArtifacts?.(run, wanted);
      assert.ok(fetched?.ok, JSON.stringify(fetched));
      const { artifactFolder, registered, name } = fetched.value;
      assert.ok(artifactFolder);
      weights.set(name.slice(8), readFileSync(join(artifactFolder, 'folder/weights.bin'), 'utf8'));
      for (const { name: model, version, aliases, artifactFolder: place } of registered) {
        versions.push(`${model} ${version} ${aliases.join()}`);
        assert.equal(place, join(artifactFolder, 'model.bin'));
        assert.equal(readFileSync(place).length, 256 * 40);
      }
    }
    assert.deepEqual(versions, ['churn v1.1.0 staging', 'churn v1.0.0 prod']);
    assert.equal(weights.get('Train'), 'weights of the first');
    assert.equal(weights.get('Log with DVCLive'), 'weights of the second');
  },
);

test('DVCLive’s histories are those of its metrics', unlessPython, async () => {
  const run = (await loadAll(await open())).find(({ name }) => name.endsWith('DVCLive'));
  assert.deepEqual(
    run?.history.get('train.loss')?.map(({ step, value }) => [step, value]),
    [0, 1, 2].map((step) => [step, 1 / (step + 1)]),
  );
  assert.ok((run?.history.get('train.loss')?.[0]?.timestamp ?? 0) > Date.UTC(2020));
  assert.deepEqual(run?.metrics.get('acc')?.step, 2);
});

test('without the cache, a model is a pointer that says what to do, and a glob is refused', unlessPython, async () => {
  rmSync(join(project, '.dvc/cache'), { recursive: true });
  rmSync(join(scratch, 'cache'), { recursive: true });
  writeFileSync(join(project, 'model.bin'), 'another model');
  const runs = await open();
  const train = (await loadAll(runs)).find(({ name }) => name.endsWith('Train'));
  assert.ok(train);
  const fetched = await runs.fetchArtifacts?.(train, { paths: ['model.bin'], models: 'not wanted' });
  assert.ok(fetched?.ok && fetched.value.artifactFolder);
  assert.match(readFileSync(join(fetched.value.artifactFolder, 'model.bin.dvc'), 'utf8'), /md5: [0-9a-f]{32}/);
  const globbed = await runs.fetchArtifacts?.(train, { paths: ['*.bin'], models: 'not wanted' });
  assert.ok(globbed?.ok === false);
  assert.match(globbed.problem.message, /“run:\*\.bin” needs “model\.bin”.*run `dvc pull`/);
});
