import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gitlabArtifacts } from '../../../src/runs/gitlab.ts';
import { openMlflowServer } from '../../../src/runs/mlflow-server.ts';
import type { OpenRuns } from '../../../src/runs/open-runs.ts';
import { localServer } from '../base/local-server.ts';

const scratch = mkdtempSync(join(tmpdir(), 'signoff-gitlab-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

const BASE = '/gitlab/api/v4/projects/group%2Frisk/ml/mlflow';
const ACTIVE = 'active';

interface Rules {
  readonly histories?: 'given' | 'not yet';
  /** Names as GitLab keeps them → content. */
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * A stand-in that answers by the rules of GitLab's published source (2026): no live GitLab was at hand. It answers for
 * the first experiment of a search alone, leaves out steps that are null, knows neither logged models nor searches for
 * versions, gives web addresses for artifacts, lists them all at once under names written as in a form, and nothing
 * below a folder.
 */
function gitlab({ histories = 'given', files = {} }: Rules = {}) {
  const experiments = ['1', '2'].map((id) => ({
    experiment_id: id,
    name: `experiment ${id}`,
    lifecycle_stage: ACTIVE,
  }));
  const runOf = (id: string) => ({
    info: {
      ...{ run_id: `eid-${id}`, run_uuid: `eid-${id}`, experiment_id: id, start_time: 0, run_name: `run ${id}` },
      ...{ status: 'FINISHED', lifecycle_stage: ACTIVE, user_id: '4', end_time: 5 },
      artifact_uri: `https://gitlab.example/gitlab/api/v4/projects/7/packages/ml_models/candidate:${id}/files/`,
    },
    data: {
      metrics: [{ key: 'auc', value: 0.9, timestamp: 5 }],
      params: [{ key: 'p', value: 'x' }],
      tags: [{ key: 'mlflow.user', value: 'ana' }],
    },
  });
  return localServer((asked, response) => {
    const url = new URL(asked.url ?? '', 'http://127.0.0.1');
    const send = (status: number, json: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    };
    const noSuchThing = () => send(404, { error_code: 'RESOURCE_DOES_NOT_EXIST' });
    if (asked.headers.authorization !== 'Bearer glpat') return send(401, { message: '401 Unauthorized' });
    const path = url.pathname.startsWith(`${BASE}/api/2.0/`) ? url.pathname.slice(`${BASE}/api/2.0/`.length) : '';
    const query = (name: string) => url.searchParams.get(name) ?? '';
    let body = '';
    asked.on('data', (piece) => {
      body += String(piece);
    });
    asked.on('end', () => {
      if (path === 'mlflow/experiments/search') return send(200, { experiments, next_page_token: null });
      if (path === 'mlflow/experiments/get') {
        const found = experiments.find(({ experiment_id }) => experiment_id === query('experiment_id'));
        return found ? send(200, { experiment: found }) : noSuchThing();
      }
      if (path === 'mlflow/runs/search') {
        return send(200, { runs: [runOf(String(JSON.parse(body).experiment_ids[0]))], next_page_token: null });
      }
      if (path === 'mlflow/runs/get') return send(200, { run: runOf(query('run_id').slice(4)) });
      if (path === 'mlflow/metrics/get-history' && histories === 'given') {
        const points = [{ key: 'auc', value: 0.5, timestamp: 1, step: -1 }, ...runOf('1').data.metrics];
        return query('page_token') === ''
          ? send(200, { metrics: points.slice(0, 1), next_page_token: 'next' })
          : send(200, { metrics: points.slice(1), next_page_token: null });
      }
      if (path === 'mlflow-artifacts/artifacts') {
        const [candidate, ...below] = query('path').split('/');
        if (candidate !== 'candidate:1') return noSuchThing();
        const listed = below.length > 0 ? [] : Object.entries(files);
        const described = listed.map(([name, { length }]) => ({ path: name, file_size: length, is_dir: false }));
        return send(200, { files: described });
      }
      const [, file] = /^mlflow-artifacts\/artifacts\/candidate(?::|%3A)1\/(.+)$/i.exec(path) ?? [];
      const kept = encodeURIComponent(decodeURIComponent(file ?? '')).replaceAll('%20', '+');
      if (Object.hasOwn(files, kept)) return void response.writeHead(200).end(files[kept]);
      send(404, { error: '404 Not Found' });
    });
  });
}

async function openGitlab(rules: Rules = {}): Promise<OpenRuns> {
  const { origin } = await gitlab(rules);
  const opened = await openMlflowServer({
    address: origin + BASE,
    surroundings: {
      cacheFolder: mkdtempSync(join(scratch, 'cache-')),
      credentialFor: async () => ({ kind: 'bearer', token: 'glpat' }),
    },
  });
  assert.ok(opened.ok);
  return opened.value;
}

test('each experiment of a project is searched on its own', async () => {
  const { value, problems } = await (await openGitlab()).list();
  assert.deepEqual(problems, []);
  assert.deepEqual(value?.map(({ id, experiment, user }) => [id, experiment, user]).sort(), [
    ['eid-1', 'experiment 1', '4'],
    ['eid-2', 'experiment 2', '4'],
  ]);
});

test('a run is read with its history, and without what GitLab does not know', async () => {
  const run = await (await openGitlab()).load('eid-1');
  assert.ok(run.ok, JSON.stringify(run));
  assert.deepEqual(
    run.value.history.get('auc')?.map(({ step, value }) => [step, value]),
    [
      [-1, 0.5],
      [0, 0.9],
    ],
  );
  assert.deepEqual([run.value.models, run.value.registered], [[], []]);
});

test('before GitLab gave histories, the latest value is all that there is', async () => {
  const run = await (await openGitlab({ histories: 'not yet' })).load('eid-1');
  assert.ok(run.ok, JSON.stringify(run));
  assert.deepEqual([...run.value.history], [['auc', [{ step: 0, timestamp: 5, value: 0.9 }]]]);
});

test('artifacts are listed at once and fetched by their paths', async () => {
  const files = { 'model%2FMLmodel': 'M', 'model%2Fm.bin': 'N', 'a+b%2Bc.csv': 'A', 'other%2Fx.txt': 'X' };
  const runs = await openGitlab({ files });
  const run = await runs.load('eid-1');
  assert.ok(run.ok);
  const fetched = await runs.fetchArtifacts?.(run.value, { paths: ['a b+c.csv'], models: 'wanted' });
  assert.ok(fetched?.ok, JSON.stringify(fetched));
  const folder = fetched.value.artifactFolder ?? '';
  const found = readdirSync(folder, { recursive: true }).map(String).sort();
  assert.deepEqual(found, ['a b+c.csv', 'model', 'model/MLmodel', 'model/m.bin']);
  assert.equal(readFileSync(join(folder, 'a b+c.csv'), 'utf8'), 'A');
});

test('a run without artifacts has none', async () => {
  const runs = await openGitlab();
  const run = await runs.load('eid-2');
  assert.ok(run.ok);
  const fetched = await runs.fetchArtifacts?.(run.value, { paths: [''], models: 'wanted' });
  assert.ok(fetched?.ok, JSON.stringify(fetched));
  assert.equal(fetched.value.artifactFolder, undefined);
});

for (const name of ['..%2Fx', 'a%2F..%2F..%2Fx', '%2Fetc%2Fpasswd', 'a%5Cb', 'a%2F%2Fb']) {
  test(`a name that leads elsewhere is refused: ${name}`, async () => {
    const runs = await openGitlab({ files: { [name]: 'x' } });
    const run = await runs.load('eid-1');
    assert.ok(run.ok);
    const fetched = await runs.fetchArtifacts?.(run.value, { paths: [''], models: 'not wanted' });
    assert.equal(fetched?.ok, false);
  });
}

test('files that differ only in what some file systems ignore are refused, as is a file that is a folder, too', async () => {
  for (const files of [
    { 'a%2Fx': '1', 'A%2Fy': '2' },
    { a: '1', 'a%2Fb': '2' },
  ] as const) {
    const runs = await openGitlab({ files: { ...files } });
    const run = await runs.load('eid-1');
    assert.ok(run.ok);
    assert.equal((await runs.fetchArtifacts?.(run.value, { paths: [''], models: 'not wanted' }))?.ok, false);
  }
});

test('only a project’s own kind of address names artifacts', () => {
  const server = { base: 'https://h/api/v4/projects/7/ml/mlflow' };
  const named = (address: string, of = server) => gitlabArtifacts(of, address);
  assert.equal(named('https://h/api/v4/projects/7/packages/ml_models/candidate:5/files/'), 'candidate:5');
  assert.equal(named('https://h/api/v4/projects/7/packages/ml_models/12/files'), '12');
  assert.equal(named('https://h/api/v4/projects/7/packages/ml_models/../files/'), undefined);
  assert.equal(named('https://h/api/v4/projects/7/packages/generic/ml_experiment_1/1/'), undefined);
  assert.equal(named('https://h/api/v4/projects/7/packages/ml_models/5/files/', { base: 'https://h/ml' }), undefined);
});
