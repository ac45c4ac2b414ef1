import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sha256Hex } from '../../src/base/hashing.ts';
import type { Credential } from '../../src/base/http-credential.ts';
import { openMlflowServer } from '../../src/runs/mlflow-server.ts';
import type { OpenRuns } from '../../src/runs/open-runs.ts';
import type { Run } from '../../src/runs/run.ts';
import { startMlflow } from './mlflow-process.ts';
import { unlessPython } from './python.ts';
import { jsonFromPython } from './run-python.ts';

const scratch = mkdtempSync(join(tmpdir(), 'signoff-mlflow-server-'));
const proxies: Server[] = [];
after(() => {
  for (const proxy of proxies) {
    proxy.closeAllConnections();
    proxy.close();
  }
  rmSync(scratch, { recursive: true, force: true });
});

interface Kind {
  readonly name: string;
  readonly options: (folder: string) => readonly string[];
  readonly credential?: Credential & { readonly kind: 'basic' };
  /** Who puts a path before the server's own: the server itself, or a proxy that takes it away again. */
  readonly prefix?: 'by the server' | 'by a proxy';
}

const PREFIX = '/under/ml-flow';

const KINDS: readonly Kind[] = [
  {
    name: 'a server below a path that passes artifacts through',
    prefix: 'by the server',
    options: (folder) => ['--serve-artifacts', '--artifacts-destination', join(folder, 'artifacts')],
  },
  {
    name: 'a server behind a proxy whose artifacts lie in a folder',
    prefix: 'by a proxy',
    options: (folder) => ['--no-serve-artifacts', '--default-artifact-root', `file://${join(folder, 'artifacts')}`],
  },
  {
    name: 'a server that asks for a password',
    options: (folder) => [
      '--serve-artifacts',
      '--artifacts-destination',
      join(folder, 'artifacts'),
      '--app-name',
      'basic-auth',
    ],
    credential: { kind: 'basic', user: 'admin', password: 'a-long-password1234' },
  },
];

/** @returns where MLflow's client fills it, and where we read it */
async function startServer(
  { options, credential, prefix }: Kind,
  folder: string,
): Promise<{ own: string; seen: string }> {
  const auth = join(folder, 'auth.ini');
  const users = { admin_username: credential?.user, admin_password: credential?.password };
  const lines = Object.entries({
    ...users,
    default_permission: 'READ',
    database_uri: `sqlite:///${join(folder, 'auth.db')}`,
    authorization_function: 'mlflow.server.auth:authenticate_request_basic_auth',
  });
  writeFileSync(auth, ['[mlflow]', ...lines.map(([name, value]) => `${name} = ${value}`)].join('\n'));
  const own = await startMlflow({
    folder,
    options: options(folder),
    prefix: prefix === 'by the server' ? PREFIX : undefined,
    environment: { MLFLOW_AUTH_CONFIG_PATH: auth, MLFLOW_FLASK_SERVER_SECRET_KEY: 'only for this test' },
  });
  // MLflow's client runs while this process waits for it, and could not reach a proxy in it.
  return { own, seen: prefix === 'by a proxy' ? await proxyBefore(own) : own };
}

/** What stands before a server that several share: below one path it passes everything on, elsewhere nothing is. */
async function proxyBefore(server: string): Promise<string> {
  const proxy = createHttpServer((asked, response) => {
    const { method, url = '', headers } = asked;
    if (!url.startsWith(`${PREFIX}/`)) return void response.writeHead(404).end('<!doctype html><title>404</title>');
    const passed = request(server + url.slice(PREFIX.length), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    asked.pipe(passed);
  });
  proxies.push(proxy);
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${PREFIX}`;
}

function comparable(run: Run) {
  const number = (value: number) =>
    Number.isFinite(value) ? value : Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  return {
    ...{ id: run.id, name: run.name, experiment: run.experiment, status: run.status, user: run.user },
    ...{ startTime: run.startTime, endTime: run.endTime },
    params: Object.fromEntries(run.params),
    tags: Object.fromEntries(run.tags),
    metrics: Object.fromEntries([...run.metrics].map(([name, { value }]) => [name, number(value)])),
    history: Object.fromEntries(
      [...run.history].map(([name, points]) => [
        name,
        points.map(({ step, timestamp, value }) => [step, timestamp, number(value)]),
      ]),
    ),
    inputs: run.inputs.map(({ name, digest, context }) => [name, digest, context ?? null]),
    models: run.models.map(({ id, name, status }) => [id, name, status]),
    registered: run.registered.map(({ name, version, aliases, tags }) => [
      name,
      version,
      aliases,
      Object.fromEntries(tags),
    ]),
  };
}

/** Lists in one order; MLflow’s client and this project sort some of them differently. */
function ordered(run: ReturnType<typeof comparable>): unknown {
  const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort();
  const history = Object.fromEntries(Object.entries(run.history).map(([name, points]) => [name, sorted(points)]));
  return {
    ...run,
    history,
    inputs: sorted(run.inputs),
    models: sorted(run.models),
    registered: sorted(run.registered),
  };
}

function filesBelow(folder: string | undefined): Record<string, string> {
  if (folder === undefined || !existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const named = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(named.map((path) => [path.slice(folder.length + 1), sha256Hex(readFileSync(path))]));
}

async function loadAll(runs: OpenRuns): Promise<Run[]> {
  const { value, problems } = await runs.list();
  assert.deepEqual(problems, []);
  const loaded: Run[] = [];
  for (const summary of value ?? []) {
    const run = await runs.load(summary.id);
    assert.ok(run.ok, JSON.stringify(run));
    assert.deepEqual({ ...run.value, ...summary }, run.value);
    const names = run.value.models.map(({ name }) => name);
    const fetched = await runs.fetchArtifacts?.(run.value, { paths: ['', ...names], models: 'wanted' });
    assert.ok(fetched?.ok, JSON.stringify(fetched));
    loaded.push(fetched.value);
  }
  return loaded;
}

for (const kind of KINDS) {
  test(`${kind.name} is read as MLflow’s own client reads it`, { ...unlessPython, timeout: 600_000 }, async () => {
    const folder = mkdtempSync(join(scratch, 'server-'));
    const out = join(folder, 'out');
    mkdirSync(out);
    const { credential } = kind;
    const { own, seen } = await startServer(kind, folder);
    if (credential) {
      process.env['MLFLOW_TRACKING_USERNAME'] = credential.user;
      process.env['MLFLOW_TRACKING_PASSWORD'] = credential.password;
    }
    const theirs = jsonFromPython(
      'mlflow_server.py',
      JSON.stringify({ uri: own, out, few: credential !== undefined }),
    ) as ReturnType<typeof comparable>[];
    const place = (given: Credential | undefined) => ({
      address: `${seen}/`,
      surroundings: { cacheFolder: join(folder, 'cache'), credentialFor: async () => given },
    });
    const opened = await openMlflowServer(place(credential));
    assert.ok(opened.ok);
    const ours = await loadAll(opened.value);
    assert.equal(ours.length, credential ? 2 : 5);
    const byId = (runs: readonly ReturnType<typeof comparable>[]) =>
      runs.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(ordered);
    assert.deepEqual(byId(ours.map(comparable)), byId(theirs));
    for (const run of ours) {
      assert.deepEqual(filesBelow(run.artifactFolder), filesBelow(join(out, run.id, 'run', 'artifacts')));
      for (const model of run.models.filter(({ status }) => status === 'ready')) {
        assert.ok(Object.hasOwn(filesBelow(model.artifactFolder), 'MLmodel'));
        assert.deepEqual(filesBelow(model.artifactFolder), filesBelow(join(out, run.id, model.id, 'artifacts')));
      }
    }
    if (!credential) return;
    delete process.env['MLFLOW_TRACKING_USERNAME'];
    delete process.env['MLFLOW_TRACKING_PASSWORD'];
    for (const wrong of [undefined, { ...credential, password: 'wrong' }]) {
      const stranger = await openMlflowServer(place(wrong));
      assert.ok(stranger.ok);
      const { value, problems } = await stranger.value.list();
      assert.equal(value, undefined);
      assert.equal(problems[0]?.code, 'http-unauthorized');
    }
  });
}
