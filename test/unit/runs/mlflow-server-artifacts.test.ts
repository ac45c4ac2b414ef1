import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { collisionKey, refusalOfName } from '../../../src/runs/artifact-names.ts';
import { openMlflowServer } from '../../../src/runs/mlflow-server.ts';
import type { WantedArtifacts } from '../../../src/runs/open-runs.ts';
import type { Run } from '../../../src/runs/run.ts';
import { wantedPaths } from '../../../src/runs/wanted-paths.ts';
import { type LocalServer, sendWithoutEnd } from '../base/local-server.ts';
import { type Fake, fakeMlflow, RUN } from './fake-mlflow.ts';

const scratch = mkdtempSync(join(tmpdir(), 'signoff-artifacts-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

type Tree = Record<string, string>;

/** A server whose run has these files; each is sent with a tag of its content, unless `tags` is none. */
function serving(tree: Tree, more: Record<string, Fake> = {}, tags: 'tags' | 'none' = 'tags'): Promise<LocalServer> {
  return fakeMlflow({
    '/api/2.0/mlflow/artifacts/list': (_: unknown, response: ServerResponse, url: URL) => {
      const folder = url.searchParams.get('path') ?? '';
      const below = folder === '' ? '' : `${folder}/`;
      const names = Object.keys(tree)
        .filter((path) => path.startsWith(below))
        .map((path) => path.slice(below.length));
      const folders = new Set(names.filter((name) => name.includes('/')).map((name) => name.split('/')[0] ?? ''));
      const files = names.filter((name) => !name.includes('/'));
      response.end(
        JSON.stringify({
          files: [
            ...[...folders].map((name) => ({ path: below + name, is_dir: true })),
            ...files.map((name) => ({
              path: below + name,
              is_dir: false,
              file_size: String(Buffer.byteLength(tree[below + name] ?? '')),
            })),
          ],
        }),
      );
    },
    '/get-artifact': (asked: { headers: Record<string, unknown> }, response: ServerResponse, url: URL) => {
      const content = tree[url.searchParams.get('path') ?? ''] ?? '';
      const tag = `"${Buffer.from(content).toString('base64url')}"`;
      if (tags === 'tags' && asked.headers['if-none-match'] === tag) return void response.writeHead(304).end();
      response.writeHead(200, tags === 'tags' ? { etag: tag } : {}).end(content);
    },
    ...more,
  });
}

async function fetchFrom(
  server: LocalServer,
  wanted: Partial<WantedArtifacts> = {},
  cacheFolder: string = mkdtempSync(join(scratch, 'cache-')),
) {
  const opened = await openMlflowServer({ address: `${server.origin}/base`, surroundings: { cacheFolder } });
  assert.ok(opened.ok);
  const run = await opened.value.load('r1');
  assert.ok(run.ok, JSON.stringify(run));
  const fetched = await opened.value.fetchArtifacts?.(run.value, { paths: [''], models: 'not wanted', ...wanted });
  opened.value.close();
  assert.ok(fetched);
  return fetched;
}

async function filesFrom(...given: Parameters<typeof fetchFrom>): Promise<Tree> {
  const fetched = await fetchFrom(...given);
  assert.ok(fetched.ok, JSON.stringify(fetched));
  return filesOf(fetched.value);
}

function filesOf({ artifactFolder }: Pick<Run, 'artifactFolder'>): Tree {
  assert.ok(artifactFolder !== undefined);
  const entries = readdirSync(artifactFolder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    entries
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path): [string, string] => [
        path.slice(artifactFolder.length + 1).replaceAll('\\', '/'),
        readFileSync(path, 'utf8'),
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

async function problemFrom(...given: Parameters<typeof fetchFrom>): Promise<string> {
  const fetched = await fetchFrom(...given);
  assert.ok(!fetched.ok, 'expected a problem');
  return fetched.problem.message;
}

function listing(...files: readonly object[]): Record<string, Fake> {
  return { '/api/2.0/mlflow/artifacts/list': { files } };
}

const TREE: Tree = {
  'a.csv': 'A',
  'b.json': 'B',
  'preds/x.csv': 'X',
  'preds/y.txt': 'Y',
  'preds/deep/z.csv': 'Z',
  'model/MLmodel': 'M',
  'model/m.bin': 'N',
};

test('only what is wanted is fetched: files, folders, globs', async () => {
  const server = await serving(TREE);
  assert.deepEqual(await filesFrom(server, { paths: ['a.csv'] }), { 'a.csv': 'A' });
  assert.deepEqual(await filesFrom(server, { paths: ['./preds/'] }), {
    'preds/deep/z.csv': 'Z',
    'preds/x.csv': 'X',
    'preds/y.txt': 'Y',
  });
  assert.deepEqual(await filesFrom(server, { paths: ['preds/*.csv'] }), { 'preds/x.csv': 'X' });
  assert.deepEqual(await filesFrom(server, { paths: ['**/*.csv'] }), {
    'a.csv': 'A',
    'preds/deep/z.csv': 'Z',
    'preds/x.csv': 'X',
  });
  assert.deepEqual(await filesFrom(server, { paths: ['nothing/here.csv', '../a.csv'] }), {});
  assert.deepEqual(await filesFrom(server), TREE);
});

test('before there were logged models, the one folder with an MLmodel is the model; of two, only that they are two', async () => {
  const models = { paths: [], models: 'wanted' } as const;
  assert.deepEqual(await filesFrom(await serving(TREE), models), { 'model/MLmodel': 'M', 'model/m.bin': 'N' });
  const two = await serving({ ...TREE, 'other/MLmodel': 'O', 'other/o.bin': 'P' });
  assert.deepEqual(await filesFrom(two, models), { 'model/MLmodel': 'M', 'other/MLmodel': 'O' });
});

test('a logged model is fetched whole, from where its server passes artifacts through', async () => {
  const info = {
    model_id: 'm-1',
    name: 'clf',
    source_run_id: 'r1',
    status: 'LOGGED_MODEL_READY',
    artifact_uri: 'mlflow-artifacts:/1/models/m-1/artifacts',
  };
  const server = await serving(TREE, {
    '/api/2.0/mlflow/logged-models/search': { models: [{ info }] },
    '/api/2.0/mlflow-artifacts/artifacts': (_: unknown, response: ServerResponse, url: URL) => {
      assert.equal(url.searchParams.get('path'), '1/models/m-1/artifacts');
      response.end('{"files":[{"path":"MLmodel","is_dir":false,"file_size":2}]}');
    },
    '/api/2.0/mlflow-artifacts/artifacts/1/models/m-1/artifacts/MLmodel': (_: unknown, response: ServerResponse) =>
      void response.end('ok'),
  });
  for (const wanted of [
    { paths: [], models: 'wanted' },
    { paths: ['clf/MLmodel'], models: 'not wanted' },
  ] as const) {
    const fetched = await fetchFrom(server, wanted);
    assert.ok(fetched.ok);
    assert.deepEqual(filesOf(fetched.value.models[0] ?? { artifactFolder: undefined }), { MLmodel: 'ok' });
  }
});

test('a file that was overwritten on the server is fetched again, with and without tags; one that was removed is gone', async () => {
  for (const tags of ['tags', 'none'] as const) {
    const cache = mkdtempSync(join(scratch, 'cache-'));
    const tree: Tree = { 'a.csv': 'old', 'b.csv': 'same' };
    const server = await serving(tree, {}, tags);
    assert.deepEqual(await filesFrom(server, {}, cache), tree);
    assert.deepEqual(await filesFrom(server, {}, cache), tree);
    tree['a.csv'] = 'new';
    assert.deepEqual(await filesFrom(server, {}, cache), { 'a.csv': 'new', 'b.csv': 'same' });
    delete tree['b.csv'];
    assert.deepEqual(await filesFrom(server, {}, cache), { 'a.csv': 'new' });
  }
});

test('a copy that was changed on this machine is not used again', async () => {
  const cache = mkdtempSync(join(scratch, 'cache-'));
  const server = await serving({ 'a.csv': 'true' });
  const first = await fetchFrom(server, {}, cache);
  assert.ok(first.ok);
  writeFileSync(join(first.value.artifactFolder ?? '', 'a.csv'), 'fals');
  assert.deepEqual(await filesFrom(server, {}, cache), { 'a.csv': 'true' });
  writeFileSync(join(first.value.artifactFolder ?? '', 'added.csv'), 'x');
  assert.deepEqual(await filesFrom(server, {}, cache), { 'a.csv': 'true' });
});

test('several at once share a cache without harm, and leave nothing half done', async () => {
  const cache = mkdtempSync(join(scratch, 'cache-'));
  const server = await serving(TREE);
  const all = await Promise.all(Array.from({ length: 8 }, () => filesFrom(server, {}, cache)));
  for (const files of all) assert.deepEqual(files, TREE);
  assert.deepEqual(readdirSync(join(cache, 'partial')), []);
  if (process.platform === 'win32') return;
  for (const entry of readdirSync(cache, { recursive: true, withFileTypes: true })) {
    const { mode } = statSync(join(entry.parentPath, entry.name));
    assert.equal(mode & 0o077, 0, `${entry.name} can be read by others`);
  }
});

test('two servers, or two runs, never share a folder though their files have the same names', async () => {
  const cache = mkdtempSync(join(scratch, 'cache-'));
  assert.deepEqual(await filesFrom(await serving({ 'a.csv': 'one' }), {}, cache), { 'a.csv': 'one' });
  assert.deepEqual(await filesFrom(await serving({ 'a.csv': 'two' }), {}, cache), { 'a.csv': 'two' });
});

test('names that lead elsewhere are refused, and nothing is fetched', async () => {
  for (const path of [
    '../evil',
    '/etc/passwd',
    'a/../../evil',
    '..',
    '.',
    'C:\\x',
    'C:x',
    'a\\b',
    'a\0b',
    'a\nb',
    '',
    'a/b',
    '\ud800',
    'x'.repeat(256),
  ]) {
    const server = await serving(
      {},
      listing({ path, is_dir: false, file_size: 1 }, { path: 'fine', is_dir: false, file_size: 0 }),
    );
    assert.match(await problemFrom(server), /is refused: its name/, JSON.stringify(path));
    assert.ok(!server.asked.some(({ url }) => url.includes('get-artifact')));
    const asFolder = await serving({}, listing({ path, is_dir: true }));
    assert.match(await problemFrom(asFolder), /is refused: its name/, JSON.stringify(path));
  }
});

test('names that are one on some file systems are refused', async () => {
  for (const [one, other] of [
    ['a.csv', 'A.csv'],
    ['é', 'e\u0301'],
    ['a', 'a'],
  ] as const) {
    assert.equal(collisionKey(one), collisionKey(other));
    const server = await serving({}, listing(...[one, other].map((path) => ({ path, is_dir: false, file_size: 0 }))));
    assert.match(await problemFrom(server), /is the same as/);
  }
  assert.equal(refusalOfName('nul.txt', 'win32'), 'is no name on Windows');
  assert.equal(refusalOfName('ab:c', 'win32'), 'is no name on Windows');
  assert.equal(refusalOfName('ab:c.', 'linux') ?? refusalOfName('nul', 'linux'), undefined);
});

test('folders without end, and too many files, are bounded', async () => {
  const endless = await fakeMlflow({
    '/api/2.0/mlflow/artifacts/list': (_: unknown, response: ServerResponse, url: URL) => {
      const folder = url.searchParams.get('path');
      response.end(JSON.stringify({ files: [{ path: folder === null ? 'd' : `${folder}/d`, is_dir: true }] }));
    },
  });
  assert.match(await problemFrom(endless), /more folders, or deeper ones/);
  const many = Array.from({ length: 20_001 }, (_, index) => ({ path: `f${index}`, is_dir: false, file_size: 0 }));
  assert.match(await problemFrom(await serving({}, listing(...many))), /20[,]?000/);
});

test('more bytes than are allowed are not fetched, announced or not; the way to raise the bound is said', async () => {
  const huge = await serving({}, listing({ path: 'm.bin', is_dir: false, file_size: 10 * 1024 ** 3 }));
  assert.match(await problemFrom(huge), /more than the 2,147,483,648 bytes .* raise MODEL_SIGNOFF_MOST_ARTIFACT_BYTES/);
  assert.ok(!huge.asked.some(({ url }) => url.includes('get-artifact')));
  process.env['MODEL_SIGNOFF_MOST_ARTIFACT_BYTES'] = '1000000';
  after(() => delete process.env['MODEL_SIGNOFF_MOST_ARTIFACT_BYTES']);
  const sent = { bytes: 0 };
  const endless = {
    '/get-artifact': (_: unknown, response: ServerResponse) => sendWithoutEnd(response, Buffer.alloc(65_536), sent),
  };
  const silent = await serving({}, { ...listing({ path: 'm.bin', is_dir: false }), ...endless });
  assert.match(await problemFrom(silent), /more than the 1,000,000 bytes/);
  const lying = await serving({}, { ...listing({ path: 'm.bin', is_dir: false, file_size: 5 }), ...endless });
  assert.match(await problemFrom(lying), /more than the 5 bytes/);
  assert.ok(sent.bytes < 64_000_000);
  process.env['MODEL_SIGNOFF_MOST_ARTIFACT_BYTES'] = '2GB';
  assert.match(await problemFrom(huge), /not a whole number of bytes/);
  delete process.env['MODEL_SIGNOFF_MOST_ARTIFACT_BYTES'];
});

test('a file that can’t be had fails the whole: a model without one of its files is another model', async () => {
  const server = await serving(TREE, {
    '/get-artifact': (_: unknown, response: ServerResponse, url: URL) =>
      url.searchParams.get('path') === 'model/m.bin' ? response.writeHead(404).end() : response.end('M'),
  });
  assert.match(await problemFrom(server, { paths: ['model'] }), /nothing at .*\/get-artifact” \(404\)/);
});

test('a server without artifacts gives a run without them', async () => {
  const fetched = await fetchFrom(await fakeMlflow());
  assert.equal(fetched.ok && fetched.value.artifactFolder, undefined);
});

test('an address of artifacts is used only below the server itself', async () => {
  for (const address of [
    'mlflow-artifacts:/../1',
    'mlflow-artifacts://evil.example/1',
    'http://evil.example/a',
    'file:///etc',
  ]) {
    const run = { ...RUN, info: { ...RUN.info, artifact_uri: address } };
    const server = await serving({ 'a.csv': 'A' }, { '/api/2.0/mlflow/runs/get': { run } });
    assert.deepEqual(await filesFrom(server), { 'a.csv': 'A' });
  }
});

test('a glob is taken for more than it matches, never for less', () => {
  const wanted = wantedPaths(['p/[a-c]*.csv', 'q/**', 'r/**/x?', 'lit[eral']);
  for (const path of ['p/a1.csv', 'q/a', 'q/a/b', 'r/x1', 'r/a/b/x1', 'lit[eral', 'lit[eral/below'])
    assert.ok(wanted.wantsFile(path), path);
  for (const path of ['a', 'p/a.txt', 'p/d/a.csv', 's/x1']) assert.ok(!wanted.wantsFile(path), path);
  for (const folder of ['', 'p', 'q', 'q/a', 'r/a/b', 'lit[eral']) assert.ok(wanted.wantsInside(folder), folder);
  for (const folder of ['s', 'p/a']) assert.ok(!wanted.wantsInside(folder), folder);
});
