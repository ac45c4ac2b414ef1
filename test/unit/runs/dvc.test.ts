import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openDvc } from '../../../src/runs/dvc.ts';
import { newestFinishedRun } from '../../../src/runs/newest-finished-run.ts';
import {
  repositoryIn,
  type ScratchRepository,
  scratchFolder,
  scratchRepository,
} from '../git/support/scratch-repository.ts';
import { loadRun, md5, numbersOf, openProject, put, putFolderInCache, putInCache } from './dvc-support.ts';

/** A project whose first commit has an auc of 0.8, and the second, with a model in DVC, one of 0.9. */
function project(context: TestContext): ScratchRepository & { readonly first: string; readonly second: string } {
  const repository = scratchRepository(context);
  repository.write('.dvc/.gitignore', '/cache\n');
  repository.write('.gitignore', '/model.pkl\n/data\n');
  repository.write('dvc.yaml', 'metrics: [metrics.json]\nartifacts:\n  churn: {path: model.pkl, type: model}\n');
  repository.write('metrics.json', '{"auc": 0.8, "deep": {"f1": 0.5}, "note": "text", "list": [1], "flag": true}');
  repository.write('params.yaml', 'lr: 0.1\nnet: {depth: 3, layers: [1, 2]}\n');
  const first = repository.commit('First');
  repository.write('readme.md', 'nothing of DVC’s');
  repository.commit('Write about it');
  repository.write('metrics.json', '{"auc": 0.9}');
  repository.write('model.pkl.dvc', pointer('model.pkl', putInCache(repository.folder, 'second model')));
  repository.write('model.pkl', 'second model');
  const second = repository.commit('Second\n\nwith a body');
  return { ...repository, first, second };
}

function pointer(path: string, id: string, size?: number): string {
  return `outs:\n- md5: ${id}\n  hash: md5\n${size === undefined ? '' : `  size: ${size}\n`}  path: ${path}\n`;
}

test('each commit that changed DVC’s files is a run, newest first', async (context) => {
  const { folder, first, second } = project(context);
  const runs = await openProject(context, folder);
  const { value, problems } = await runs.list();
  assert.deepEqual(problems, []);
  assert.deepEqual(
    value?.map(({ id, name, status, user }) => [id, name, status, user]),
    [
      [second, `${second.slice(0, 7)} Second`, 'finished', 'Test'],
      [first, `${first.slice(0, 7)} First`, 'finished', 'Test'],
    ],
  );
  assert.deepEqual(numbersOf(value?.[1]), { auc: 0.8, 'deep.f1': 0.5 });
  const run = await loadRun(runs, first);
  assert.deepEqual(Object.fromEntries(run.params), { lr: '0.1', 'net.depth': '3', 'net.layers': '[1,2]' });
  assert.equal(run.tags.get('mlflow.source.git.commit'), first);
});

test('the workspace is a run while its files differ, is never finished, and has no commit', async (context) => {
  const { folder, second, write } = project(context);
  const runs = await openProject(context, folder);
  write('metrics.json', '{"auc": 0.99}');
  const { value } = await runs.list();
  assert.deepEqual(value?.map(({ id, status }) => [id, status])[0], ['workspace', 'running']);
  assert.equal(newestFinishedRun(value ?? [])?.id, second);
  const run = await loadRun(runs, 'workspace');
  assert.deepEqual([numbersOf(run), run.tags.size, run.artifactFolder], [{ auc: 0.99 }, 0, folder]);
  write('metrics.json', '{"auc": 0.9}');
  assert.deepEqual((await runs.list()).value?.length, 2);
});

test('a commit is newer than what it descends from, whatever the clocks said', async (context) => {
  const repository = scratchRepository(context);
  const ids: string[] = [];
  for (const [index, date] of ['2024-06-01', '2020-01-01', '2020-01-01'].entries()) {
    repository.write('dvc.yaml', 'metrics: [metrics.json]\n');
    repository.write('metrics.json', `{"auc": 0.${index}}`);
    repository.git('add', '-A');
    const dated = { ...process.env, GIT_COMMITTER_DATE: `${date}T00:00:00Z` };
    execFileSync('git', ['commit', '-q', '-m', 'x'], { cwd: repository.folder, env: dated });
    ids.push(repository.git('rev-parse', 'HEAD').trim());
  }
  const { value } = await (await openProject(context, repository.folder)).list();
  assert.deepEqual(
    value?.map(({ id }) => id),
    ids.toReversed(),
  );
  assert.equal(newestFinishedRun(value ?? [])?.id, ids.at(-1));
});

test('metrics that somebody wrote over what a stage had written are none, and the file is named', async (context) => {
  const repository = scratchRepository(context);
  repository.write('.dvc/.gitignore', '/cache\n');
  repository.write('dvc.yaml', 'stages:\n  train:\n    cmd: x\n    metrics:\n    - m.json: {cache: false}\n');
  const written = '{\n"auc": 0.7}';
  const lock = `schema: '2.0'\nstages:\n  train:\n    cmd: x\n    outs:\n    - {path: m.json, hash: md5, md5: ${md5(written)}}\n`;
  repository.write('dvc.lock', lock);
  const auc = async (content: string) => {
    repository.write('m.json', content);
    const id = repository.commit('Evaluate');
    const runs = await openProject(context, repository.folder);
    const { problems } = await runs.list();
    return { auc: numbersOf(await loadRun(runs, id))['auc'], problems: problems.map(({ message }) => message) };
  };
  // As it was written, and as git and editors may leave it.
  for (const same of [written, `${written}\n`, `${written.replace('\n', '\r\n')}\r\n`])
    assert.deepEqual(await auc(same), { auc: 0.7, problems: [] });
  const edited = await auc('{\n"auc": 0.99}');
  assert.equal(edited.auc, undefined);
  assert.match(
    edited.problems.join(),
    /“m\.json” in commit [0-9a-f]{7} is not what its stage wrote, as DVC recorded it/,
  );
});

test('an artifact of a commit is that commit’s own, checked against what it recorded', async (context) => {
  const { folder, first, second } = project(context);
  put(folder, 'model.pkl', 'changed since');
  const runs = await openProject(context, folder);
  const wanted = { paths: ['model.pkl', 'metrics.json'], models: 'not wanted' } as const;
  const fetched = await runs.fetchArtifacts?.(await loadRun(runs, second), wanted);
  assert.ok(fetched?.ok && fetched.value.artifactFolder);
  assert.equal(readFileSync(join(fetched.value.artifactFolder, 'model.pkl'), 'utf8'), 'second model');
  assert.equal(readFileSync(join(fetched.value.artifactFolder, 'metrics.json'), 'utf8'), '{"auc": 0.9}');
  const before = await runs.fetchArtifacts?.(await loadRun(runs, first), wanted);
  assert.ok(before?.ok && before.value.artifactFolder);
  assert.deepEqual(readdirSync(before.value.artifactFolder), ['metrics.json']);
});

test('what is neither in the cache nor in the folder as recorded is a pointer, even where the cache lies', async (context) => {
  const { folder, second } = project(context);
  const id = md5('second model');
  put(folder, `.dvc/cache/files/md5/${id.slice(0, 2)}/${id.slice(2)}`, 'second mode!');
  put(folder, 'model.pkl', 'changed since');
  const runs = await openProject(context, folder);
  const run = await loadRun(runs, second);
  const fetched = await runs.fetchArtifacts?.(run, { paths: ['model.pkl'], models: 'not wanted' });
  assert.ok(fetched?.ok && fetched.value.artifactFolder);
  assert.deepEqual(readdirSync(fetched.value.artifactFolder), ['model.pkl.dvc']);
  const globbed = await runs.fetchArtifacts?.(run, { paths: ['*.pkl'], models: 'not wanted' });
  assert.ok(globbed?.ok === false && /“run:\*\.pkl” needs “model\.pkl”.*dvc pull/.test(globbed.problem.message));
});

test('folders that DVC tracks are brought file by file, of the layouts of DVC 2 and 3', async (context) => {
  const repository = project(context);
  const list = putFolderInCache(repository.folder, { MLmodel: 'flavors: {}', 'sub/weights': 'w' });
  const old = putInCache(repository.folder, 'old', '2');
  repository.write('data.dvc', pointer('data', list));
  repository.write('dvc.lock', `train:\n  cmd: x\n  outs:\n  - {path: old.bin, md5: ${old}, size: 3}\n`);
  const id = repository.commit('Add a folder');
  const runs = await openProject(context, repository.folder);
  const fetched = await runs.fetchArtifacts?.(await loadRun(runs, id), { paths: ['old.bin'], models: 'wanted' });
  assert.ok(fetched?.ok && fetched.value.artifactFolder);
  const found = readdirSync(fetched.value.artifactFolder, { recursive: true }).sort();
  assert.deepEqual(found, ['data', 'data/MLmodel', 'data/sub', 'data/sub/weights', 'model.pkl', 'old.bin']);
});

test('a folder’s list that leads out of the folder is not followed', async (context) => {
  const repository = project(context);
  const list = putFolderInCache(repository.folder, { '../../escaped': 'x' });
  repository.write('data.dvc', pointer('data', list));
  const id = repository.commit('Escape');
  const runs = await openProject(context, repository.folder);
  const fetched = await runs.fetchArtifacts?.(await loadRun(runs, id), { paths: ['data'], models: 'not wanted' });
  assert.ok(fetched?.ok && fetched.value.artifactFolder);
  assert.deepEqual(readdirSync(fetched.value.artifactFolder), ['data.dvc']);
});

test('paths out of the project, absolute ones and addresses are named, and not read', async (context) => {
  const outer = scratchFolder(context);
  put(outer, 'secret.json', '{"auc": 1}');
  const repository = repositoryIn(join(outer, 'inner'));
  const secret = join(outer, 'secret.json');
  repository.write(
    'dvc.yaml',
    `metrics: [../secret.json, ${JSON.stringify(secret)}, "s3://bucket/m.json", link.json, .git/config]\n`,
  );
  symlinkSync(secret, join(repository.folder, 'link.json'));
  repository.commit('x');
  repository.write('params.yaml', 'a: 1\n');
  const { value, problems } = await (await openProject(context, repository.folder)).list();
  assert.deepEqual(
    value?.map((run) => numbersOf(run)),
    [{}, {}],
  );
  const said = problems.map(({ message }) => message).join('\n');
  for (const expected of [
    /“\.\.\/secret\.json”, which is outside/,
    /s3:\/\/bucket\/m\.json”, which is not on this machine/,
    /git’s own/,
    /leads out of its folder by a symbolic link/,
  ])
    assert.match(said, expected);
});

test('keys that stand in two files are told apart as DVC’s API does', async (context) => {
  const repository = scratchRepository(context);
  repository.write('dvc.yaml', 'metrics: [a.json, b.json, c.json, d.json]\n');
  repository.write('a.json', '{"auc": 1, "own": 2, "deep": {"x": 3}}');
  repository.write('b.json', '{"auc": 4, "deep": {"y": 5}}');
  repository.write('c.json', '{"z.w": 6}');
  repository.write('d.json', '{"z": {"w": 7}}');
  const id = repository.commit('x');
  const runs = await openProject(context, repository.folder);
  const numbers = { 'a.json:auc': 1, own: 2, 'a.json:deep.x': 3, 'b.json:auc': 4, 'b.json:deep.y': 5 };
  assert.deepEqual(numbersOf(await loadRun(runs, id)), numbers);
  assert.match((await runs.list()).problems[0]?.message ?? '', /“z\.w” that another file has, too, so neither is read/);
});

test('DVCLive’s tables are the histories of its nested metrics', async (context) => {
  const repository = scratchRepository(context);
  repository.write('dvclive/metrics.json', '{"train": {"loss": 0.5}, "auc": NaN, "step": 1}');
  repository.write('dvclive/params.yaml', 'epochs: 2\n');
  repository.write('dvclive/plots/metrics/train/loss.tsv', 'timestamp\tstep\tloss\n1000\t0\t0.75\n2000\t1\t0.5\n');
  repository.write('dvclive/plots/metrics/auc.tsv', 'step\tauc\n0\tnan\n1\tinf\n2\t0.');
  const id = repository.commit('x');
  const run = await loadRun(await openProject(context, repository.folder), id);
  assert.deepEqual(run.history.get('train.loss'), [
    { step: 0, timestamp: 1000, value: 0.75 },
    { step: 1, timestamp: 2000, value: 0.5 },
  ]);
  assert.deepEqual(
    run.history.get('auc')?.map(({ value }) => value),
    [Number.NaN, Number.POSITIVE_INFINITY],
  );
  assert.deepEqual([run.metrics.get('train.loss')?.step, run.params.get('epochs')], [1, '2']);
});

test('GTO’s tags make versions, with the stages that they are in now', async (context) => {
  const { folder, git, first, second } = project(context);
  for (const [tag, at] of [
    ['churn@v1.0.0', first],
    ['churn#prod#1', first],
    ['churn@v2.0.0', second],
    ['churn#prod#2', second],
    ['other@v1.0.0', second],
    ['other@v1.0.0!', second],
  ] as const)
    git('tag', '-a', '-m', 'x', tag, at);
  git('tag', 'sub=x@v1.0.0', first);
  const runs = await openProject(context, folder);
  const wanted = { paths: [], models: 'wanted' } as const;
  const fetched = await runs.fetchArtifacts?.(await loadRun(runs, second), wanted);
  assert.ok(fetched?.ok && fetched.value.artifactFolder);
  const artifactFolder = join(fetched.value.artifactFolder, 'model.pkl');
  const tags = new Map();
  assert.deepEqual(fetched.value.registered, [
    { name: 'churn', version: 'v2.0.0', aliases: ['prod'], tags, artifactFolder },
  ]);
  assert.ok(existsSync(artifactFolder));
  assert.deepEqual(
    (await loadRun(runs, first)).registered.map(({ name, version, aliases }) => [name, version, aliases]),
    [
      ['churn', 'v1.0.0', []],
      ['sub:x', 'v1.0.0', []],
    ],
  );
});

test('a project in a subfolder, one in a shallow clone, and one outside of git', async (context) => {
  const repository = scratchRepository(context);
  repository.write('sub/dir/dvc.yaml', 'metrics: [metrics.json]\n');
  for (const auc of ['0.1', '0.2']) {
    repository.write('sub/dir/metrics.json', `{"auc": ${auc}}`);
    repository.commit(auc);
  }
  const inside = await (await openProject(context, repository.folder, 'sub/dir')).list();
  assert.deepEqual(inside.value?.map(numbersOf), [{ auc: 0.2 }, { auc: 0.1 }]);

  const clone = join(scratchFolder(context), 'clone');
  execFileSync('git', ['clone', '-q', '--depth=1', `file://${repository.folder}`, clone]);
  const shallow = await (await openProject(context, clone, 'sub/dir')).list();
  assert.deepEqual(shallow.value?.map(numbersOf), [{ auc: 0.2 }]);
  assert.match(shallow.problems[0]?.message ?? '', /this clone is shallow/);

  rmSync(join(clone, '.git'), { recursive: true });
  const bare = await (await openProject(context, clone, 'sub/dir')).list();
  assert.deepEqual(
    bare.value?.map(({ id, status }) => [id, status]),
    [['workspace', 'running']],
  );
});

test('a folder that is no project, or not there, is one clear sentence', async (context) => {
  const folder = scratchFolder(context);
  mkdirSync(join(folder, 'empty'));
  for (const [dvc, expected] of [
    ['empty', /holds no DVC project/],
    ['gone', /does not exist/],
  ] as const) {
    const opened = await openDvc({ dvc, policyFolder: folder, surroundings: {} });
    assert.ok(!opened.ok && expected.test(opened.problem.message));
  }
});
