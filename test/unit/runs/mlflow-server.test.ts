import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { test } from 'node:test';
import { openMlflowServer } from '../../../src/runs/mlflow-server.ts';
import { credentialFromEnvironment } from '../../../src/runs/mlflow-server-address.ts';
import type { OpenRuns } from '../../../src/runs/open-runs.ts';
import { localServer } from '../base/local-server.ts';
import { EXPERIMENT, fakeMlflow, RUN } from './fake-mlflow.ts';

async function opened(origin: string, experiment?: string): Promise<OpenRuns> {
  const runs = await openMlflowServer({
    address: `${origin}/base/`,
    surroundings: {},
    ...(experiment === undefined ? {} : { experiment }),
  });
  assert.ok(runs.ok);
  return runs.value;
}

async function problemsOf(runs: OpenRuns): Promise<string[]> {
  const listed = await runs.list();
  return listed.problems.map(({ message }) => message);
}

async function loadProblem(runs: OpenRuns, id = 'r1'): Promise<string> {
  const loaded = await runs.load(id);
  assert.ok(!loaded.ok, 'expected a problem');
  return loaded.problem.message;
}

const missing = (_: unknown, response: ServerResponse) =>
  void response.writeHead(404).end('{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"no"}');

test('runs are listed and loaded below the server’s own path; whole numbers may be texts', async () => {
  const server = await fakeMlflow();
  const runs = await opened(server.origin);
  assert.equal(runs.source.location, `${server.origin}/base`);
  const { value, problems } = await runs.list();
  assert.deepEqual(problems, []);
  assert.deepEqual(value, [
    {
      ...{
        id: 'r1',
        name: 'one',
        experiment: 'first',
        status: 'finished',
        user: 'ana',
        startTime: 1000,
        endTime: 2000,
      },
      metrics: new Map([['auc', { step: 1, timestamp: 5, value: 0.9 }]]),
    },
  ]);
  const run = await runs.load('r1');
  assert.ok(run.ok);
  assert.deepEqual(run.value.history, new Map([['auc', [{ step: 1, timestamp: 5, value: 0.9 }]]]));
  assert.deepEqual([run.value.models, run.value.registered, run.value.artifactFolder], [[], [], undefined]);
  assert.ok(server.asked.every(({ url }) => url.startsWith('/base/api/2.0/mlflow/')));
});

test('values that are no numbers, or missing, are never one', async () => {
  const withValue = (value: unknown) => ({ ...RUN, data: { metrics: [{ key: 'm', value, timestamp: 1, step: 0 }] } });
  for (const [value, read] of [
    ['NaN', Number.NaN],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
    [1.7976931348623157e308, Infinity],
    [null, Number.NaN],
  ]) {
    const server = await fakeMlflow({ '/api/2.0/mlflow/runs/search': { runs: [withValue(value)] } });
    const { value: listed } = await (await opened(server.origin)).list();
    assert.deepEqual(listed?.[0]?.metrics.get('m')?.value, read);
  }
  for (const value of [undefined, '0.9', 'nan', true, {}, []]) {
    const server = await fakeMlflow({
      '/api/2.0/mlflow/runs/search': { runs: [RUN, { ...withValue(value), info: { ...RUN.info, run_id: 'r2' } }] },
    });
    const { value: listed, problems } = await (await opened(server.origin)).list();
    assert.deepEqual(
      listed?.map(({ id }) => id),
      ['r1'],
      'one bad run hides no other',
    );
    assert.match(problems[0]?.message ?? '', /The run “r2” can’t be understood: “.*value” is no number/);
    assert.equal(problems[0]?.severity, 'warning');
  }
});

test('a run that is malformed in any other way is left out with a warning', async () => {
  for (const info of [
    { status: 'WON' },
    { start_time: 1.5 },
    { experiment_id: {} },
    { status: undefined },
    { start_time: '9'.repeat(19) },
  ]) {
    const server = await fakeMlflow({
      '/api/2.0/mlflow/runs/search': { runs: [{ ...RUN, info: { ...RUN.info, ...info } }] },
    });
    const { value, problems } = await (await opened(server.origin)).list();
    assert.deepEqual([value?.length, problems.length], [0, 1]);
  }
  const server = await fakeMlflow({ '/api/2.0/mlflow/runs/search': { runs: [null, 5, [], RUN] } });
  const { value, problems } = await (await opened(server.origin)).list();
  assert.deepEqual([value?.length, problems.length], [1, 3]);
});

test('pages are followed, a run that comes twice is one, deleted ones and other experiments’ are none', async () => {
  const at = (id: string, more = {}) => ({ ...RUN, info: { ...RUN.info, run_id: id, ...more } });
  const pages: Record<string, unknown> = {
    '': { runs: [at('r3'), at('r2')], next_page_token: 'p2' },
    p2: {
      runs: [at('r2'), at('r1'), at('d', { lifecycle_stage: 'deleted' }), at('x', { experiment_id: '9' })],
      next_page_token: '',
    },
  };
  const server = await fakeMlflow({
    '/api/2.0/mlflow/runs/search': (asked: IncomingMessage, response: ServerResponse) => {
      let body = '';
      asked
        .on('data', (piece) => (body += piece))
        .on('end', () => response.end(JSON.stringify(pages[JSON.parse(body).page_token ?? ''])));
    },
  });
  const { value } = await (await opened(server.origin)).list();
  assert.deepEqual(
    value?.map(({ id }) => id),
    ['r3', 'r2', 'r1'],
  );
});

test('the same token forever ends with a problem', async () => {
  const server = await fakeMlflow({ '/api/2.0/mlflow/runs/search': { runs: [RUN], next_page_token: 'again' } });
  assert.match((await problemsOf(await opened(server.origin)))[0] ?? '', /the same page of the runs again and again/);
  const history = await fakeMlflow({
    '/api/2.0/mlflow/metrics/get-history': { metrics: RUN.data.metrics, next_page_token: 'again' },
  });
  assert.match(await loadProblem(await opened(history.origin)), /history of the metric “auc” again and again/);
});

test('a history comes whole, in pages, or after the number of points is named; without its latest point it is refused', async () => {
  const points = [3, 1, 2].map((step) => ({ key: 'auc', value: step / 10, timestamp: 5, step }));
  const latest = { ...RUN, data: { metrics: [points[0]] } };
  const kinds: readonly ((url: URL) => unknown)[] = [
    () => ({ metrics: points }),
    (url) =>
      url.searchParams.has('page_token')
        ? { metrics: points.slice(1) }
        : { metrics: points.slice(0, 1), next_page_token: 'p2' },
    (url) => (url.searchParams.has('max_results') ? { metrics: points } : { next_page_token: 'nowhere' }),
  ];
  for (const kind of kinds) {
    const server = await fakeMlflow({
      '/api/2.0/mlflow/runs/get': { run: latest },
      '/api/2.0/mlflow/metrics/get-history': (_: unknown, response: ServerResponse, url: URL) =>
        void response.end(JSON.stringify(kind(url))),
    });
    const run = await (await opened(server.origin)).load('r1');
    assert.deepEqual(run.ok && run.value.history.get('auc')?.map(({ step }) => step), [1, 2, 3]);
  }
  for (const metrics of [[], points.slice(1)]) {
    const server = await fakeMlflow({
      '/api/2.0/mlflow/runs/get': { run: latest },
      '/api/2.0/mlflow/metrics/get-history': { metrics },
    });
    assert.match(await loadProblem(await opened(server.origin)), /lacks its latest value/);
  }
  const without = await fakeMlflow({ '/api/2.0/mlflow/metrics/get-history': undefined });
  assert.match(await loadProblem(await opened(without.origin)), /does not give the history/);
});

test('an experiment is found by its name, or else by its id; a deleted one is missing', async () => {
  const named = await fakeMlflow({ '/api/2.0/mlflow/experiments/get-by-name': { experiment: EXPERIMENT } });
  assert.equal((await (await opened(named.origin, 'first')).list()).value?.length, 1);
  const byId = await fakeMlflow({ '/api/2.0/mlflow/experiments/get-by-name': missing });
  assert.equal((await (await opened(byId.origin, '1')).list()).value?.length, 1);
  assert.match((await problemsOf(await opened(byId.origin, 'other')))[0] ?? '', /no experiment “other”/);
  const deleted = { experiment: { ...EXPERIMENT, lifecycle_stage: 'deleted' } };
  const gone = await fakeMlflow({
    '/api/2.0/mlflow/experiments/get-by-name': deleted,
    '/api/2.0/mlflow/experiments/get': deleted,
  });
  assert.match((await problemsOf(await opened(gone.origin, 'first')))[0] ?? '', /no experiment “first”/);
  assert.match(await loadProblem(await opened(gone.origin)), /no run “r1”/);
});

test('before experiments could be searched, they are listed', async () => {
  const server = await fakeMlflow({
    '/api/2.0/mlflow/experiments/search': undefined,
    '/api/2.0/mlflow/experiments/list': { experiments: [EXPERIMENT] },
  });
  assert.equal((await (await opened(server.origin)).list()).value?.length, 1);
});

test('a run of another experiment, another run than asked for, and a deleted one are not loaded', async () => {
  const named = { ...EXPERIMENT, experiment_id: '2', name: 'second' };
  const server = await fakeMlflow({ '/api/2.0/mlflow/experiments/get-by-name': { experiment: named } });
  assert.match(await loadProblem(await opened(server.origin, 'second')), /no run “r1” in .*, experiment “second”/);
  assert.match(await loadProblem(await opened(server.origin), 'r2'), /gives another run than the “r2”/);
  const deleted = { run: { ...RUN, info: { ...RUN.info, lifecycle_stage: 'deleted' } } };
  assert.match(
    await loadProblem(await opened((await fakeMlflow({ '/api/2.0/mlflow/runs/get': deleted })).origin)),
    /no run “r1”/,
  );
  assert.match(
    await loadProblem(await opened((await fakeMlflow({ '/api/2.0/mlflow/runs/get': missing })).origin)),
    /no run “r1”/,
  );
});

test('registered versions are this run’s alone, with the aliases of their model', async () => {
  const server = await fakeMlflow({
    '/api/2.0/mlflow/model-versions/search': {
      model_versions: [
        { name: 'churn', version: 10, run_id: 'r1', tags: [{ key: 'a', value: 'b' }] },
        { name: 'churn', version: '9', run_id: 'r1' },
        { name: 'churn', version: '8', run_id: 'other' },
      ],
    },
    '/api/2.0/mlflow/registered-models/get': {
      registered_model: {
        aliases: [
          { alias: 'b', version: '10' },
          { alias: 'a', version: 10 },
          { alias: 'c', version: '8' },
        ],
      },
    },
  });
  const run = await (await opened(server.origin)).load('r1');
  assert.ok(run.ok);
  assert.deepEqual(
    run.value.registered.map(({ name, version, aliases, tags }) => [name, version, aliases, [...tags]]),
    [
      ['churn', '9', [], []],
      ['churn', '10', ['a', 'b'], [['a', 'b']]],
    ],
  );
});

test('logged models are those that the run logged or names; a status that is not known is a problem', async () => {
  const model = (id: string, source: string, status = 'LOGGED_MODEL_READY') => ({
    info: { model_id: id, name: id, source_run_id: source, status, creation_timestamp_ms: '1' },
  });
  const outputs = { model_outputs: [{ model_id: 'm-out' }, { model_id: 'm-gone' }] };
  const answers = {
    '/api/2.0/mlflow/runs/get': { run: { ...RUN, outputs } },
    '/api/2.0/mlflow/logged-models/search': {
      models: [model('m-own', 'r1', 'LOGGED_MODEL_PENDING'), model('m-other', 'r2')],
    },
    '/api/2.0/mlflow/logged-models/m-out': { model: model('m-out', 'r2') },
    '/api/2.0/mlflow/logged-models/m-gone': missing,
  };
  const run = await (await opened((await fakeMlflow(answers)).origin)).load('r1');
  assert.deepEqual(run.ok && run.value.models.map(({ id, status }) => [id, status]), [
    ['m-out', 'ready'],
    ['m-own', 'pending'],
  ]);
  const odd = { ...answers, '/api/2.0/mlflow/logged-models/search': { models: [model('m-own', 'r1', 'READY_SOON')] } };
  assert.match(await loadProblem(await opened((await fakeMlflow(odd)).origin)), /“READY_SOON”, which is not known/);
});

test('what is no MLflow server is said to be none', async () => {
  const page = await localServer((_, response) => void response.end('<!doctype html>'));
  assert.match((await problemsOf(await opened(page.origin)))[0] ?? '', /web page where data is due/);
  const other = await localServer((_, response) => void response.writeHead(404).end());
  assert.match((await problemsOf(await opened(other.origin)))[0] ?? '', /does not answer as an MLflow server does/);
  for (const sent of ['[]', '5', 'null', '{"experiments":{}}']) {
    const odd = await localServer((_, response) => void response.end(sent));
    const { value, problems } = await (await opened(odd.origin)).list();
    assert.ok(value === undefined || value.length === 0, `${sent}: ${JSON.stringify(problems)}`);
  }
});

test('an address of a page, with a password, or of something else is refused', async () => {
  for (const [address, sentence] of [
    ['http://127.0.0.1:5000/#/experiments/3', /a page in its user interface; write only what comes before “#”/],
    ['http://127.0.0.1:5000/?x=1', /before “\?”/],
    ['http://ana:secret@127.0.0.1:5000', /has a name or password in it/],
  ] as const) {
    const result = await openMlflowServer({ address, surroundings: {} });
    assert.ok(!result.ok);
    assert.match(result.problem.message, sentence);
    assert.ok(!result.problem.message.includes('secret'));
  }
});

test('the environment’s credential is for the server of MLFLOW_TRACKING_URI alone', () => {
  const basic = { MLFLOW_TRACKING_USERNAME: 'ana', MLFLOW_TRACKING_PASSWORD: 'secret' };
  const uri = { MLFLOW_TRACKING_URI: 'https://mlflow.example/base' };
  const origin = 'https://mlflow.example';
  const given = (environment: Record<string, string>, at = origin) => credentialFromEnvironment(at, environment);
  assert.deepEqual(given({ ...basic, ...uri }).credential, { kind: 'basic', user: 'ana', password: 'secret' });
  assert.deepEqual(given({ MLFLOW_TRACKING_TOKEN: 't', ...uri }).credential, { kind: 'bearer', token: 't' });
  for (const [environment, at] of [
    [basic, origin],
    [{ ...basic, ...uri }, 'https://evil.example'],
    [{ ...basic, ...uri }, 'http://mlflow.example'],
    [{ ...basic, ...uri }, 'https://mlflow.example:8443'],
    [{ ...basic, MLFLOW_TRACKING_URI: 'sqlite:///mlflow.db' }, origin],
    [{ ...basic, MLFLOW_TRACKING_URI: `https://evil.example/?${origin}` }, origin],
    [{ ...basic, MLFLOW_TRACKING_URI: `https://mlflow.example@evil.example` }, origin],
  ] as const) {
    const found = given(environment, at);
    assert.equal(found.credential, undefined);
    assert.ok(found.advice.includes(`set MLFLOW_TRACKING_URI to “${at}”`));
    assert.ok(!found.advice.includes('secret'));
  }
});

test('the editor’s credential comes first, and a server that asks for one is answered by what to do', async () => {
  const server = await localServer((asked, response) =>
    asked.headers.authorization === 'Bearer own'
      ? response.end('{"experiments":[]}')
      : response.writeHead(401).end('{"message":"who?"}'),
  );
  const own = await openMlflowServer({
    address: server.origin,
    surroundings: {
      credentialFor: async (origin) => (origin === server.origin ? { kind: 'bearer', token: 'own' } : undefined),
    },
  });
  assert.ok(own.ok);
  assert.deepEqual((await own.value.list()).problems, []);
  assert.match((await problemsOf(await opened(server.origin)))[0] ?? '', /\(401\).*set MLFLOW_TRACKING_URI to “http:/);
});

test('a run with more values than any training logs is refused, however many metrics they are of', async () => {
  const points = Array.from({ length: 700_000 }, (_, step) => ({ key: 'x', value: 0.9, timestamp: 5, step }));
  const latest = ['a', 'b', 'c'].map((key) => ({ ...points.at(-1), key }));
  const run = { ...RUN, data: { ...RUN.data, metrics: latest } };
  const text = JSON.stringify({ metrics: points });
  const server = await fakeMlflow({
    '/api/2.0/mlflow/runs/get': { run },
    '/api/2.0/mlflow/metrics/get-history': (_: unknown, response: { end(text: string): void }) => response.end(text),
  });
  const opened = await openMlflowServer({ address: `${server.origin}/base`, surroundings: {} });
  assert.ok(opened.ok);
  const loaded = await opened.value.load('r1');
  assert.match(loaded.ok ? '' : loaded.problem.message, /more than the 2000000 values/);
});
