import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { httpRings } from '../../src/pipeline/doorbells.ts';
import type { News, PipelineEvent } from '../../src/pipeline/news.ts';
import { probeTarget } from '../../src/pipeline/probes.ts';
import { ring } from '../../src/pipeline/ring.ts';
import { ringBook } from '../../src/pipeline/ring-book.ts';
import type { PipelineTarget, Policy } from '../../src/policy/schema.ts';
import { type StandIn, standIn } from '../unit/pipeline/support/stand-in.ts';
import { startMlflow } from './mlflow-process.ts';
import { pythonNamed, unlessPython, unlessPythonNamed } from './python.ts';

const COMMIT = 'c'.repeat(40);
const VERSION = 'd'.repeat(64);
const SECRET = 'only for this test';
const reach = { credentialFor: async () => undefined };

const scratch = mkdtempSync(join(tmpdir(), 'signoff-mlflow-registry-'));
let url: string;
before(async () => {
  if (unlessPython.skip !== undefined) return;
  url = await startMlflow({
    folder: scratch,
    options: ['--serve-artifacts', '--artifacts-destination', join(scratch, 'artifacts')],
    environment: {
      MLFLOW_WEBHOOK_ALLOWED_SCHEMES: 'http',
      MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS: 'true',
      // Else it remembers for a minute that nobody wants to be called.
      MLFLOW_WEBHOOK_CACHE_TTL: '0',
      MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY: randomBytes(32).toString('base64url').padEnd(44, '='),
    },
  });
});
after(() => {
  for (const each of processes) each.kill();
  rmSync(scratch, { recursive: true, force: true });
});

type Client = (asked: Readonly<Record<string, unknown>>) => Promise<unknown>;
const processes: ChildProcess[] = [];
const clients = new Map<string, Client>();

/** MLflow's own client in a process of its own: this one has to answer the server's calls meanwhile. */
function clientOf(python = 'main'): Client {
  const client = clients.get(python) ?? startClient(pythonNamed(python) ?? '');
  clients.set(python, client);
  return client;
}

function startClient(python: string): Client {
  const script = join(import.meta.dirname, 'mlflow_registry.py');
  const client = spawn(python, [script, url], { stdio: 'pipe' });
  processes.push(client);
  let said = '';
  client.stderr.on('data', (piece) => {
    said += String(piece);
  });
  const answers = createInterface(client.stdout)[Symbol.asyncIterator]();
  return async (asked) => {
    client.stdin.write(`${JSON.stringify(asked)}\n`);
    const { value, done } = await answers.next();
    assert.ok(!done, `MLflow’s client ended: ${said}`);
    return JSON.parse(value);
  };
}

function policyOf(model: string): Policy {
  return { model, run: { mlflow: url } } as unknown as Policy;
}

const TARGET: PipelineTarget = { mlflow: {} };

function doorbellOf(model: string) {
  const book = ringBook({ commonDir: mkdtempSync(join(scratch, 'book-')) });
  return (event: PipelineEvent, run: string, approval: string) => {
    const statements = { approvals: [approval], commit: COMMIT, model, version: VERSION };
    const news: News = { ...statements, event, run, environment: 'production' };
    const [wanted] = httpRings(TARGET, news, policyOf(model));
    assert.ok(wanted);
    return ring(wanted, news, { reach, book, now: () => new Date() });
  };
}

function tags(decision: string, approval: string, previous?: number) {
  const told = { 'signoff.approval': approval, 'signoff.commit': COMMIT, 'signoff.model_id': VERSION };
  const left = previous === undefined ? {} : { 'signoff.previous': String(previous) };
  return { ...told, ...left, 'signoff.decision': `${decision} for production` };
}

const [FIRST, SECOND, ROLLED_BACK, REJECTED] = ['1', '2', '3', '4'].map((digit) => digit.repeat(64)) as [
  string,
  string,
  string,
  string,
];

test(
  'the real registry follows each decision, and MLflow’s own client loads what was approved',
  unlessPython,
  async () => {
    const client = clientOf();
    const tell = doorbellOf('credit');
    const [first, second] = (await client({ do: 'log', names: ['first', 'second'] })) as [string, string];
    const read = () => client({ do: 'read', model: 'credit', alias: 'champion' });

    const before = await probeTarget('mlflow', TARGET, policyOf('credit'), reach);
    assert.match(
      before.message,
      /^credit is not registered yet: it would be, with the run’s model as its first version\./,
    );

    const made = await tell('on_approved', first, FIRST);
    assert.deepEqual([made.state, made.runUrl], ['accepted', `${url}/#/models/credit/versions/1`], made.message);
    const one = [1, first, tags('approved', FIRST)];
    assert.deepEqual(await read(), { versions: [one], at: 1, predicts: 'first' });

    await tell('on_approved', second, SECOND);
    const two = [2, second, tags('approved', SECOND, 1)];
    assert.deepEqual(await read(), { versions: [one, two], at: 2, predicts: 'second' });
    const told = await tell('on_approved', second, SECOND);
    assert.equal(told.state, 'already');

    await tell('on_rolled_back', first, ROLLED_BACK);
    const back = [1, first, tags('rolled back', ROLLED_BACK, 2)];
    assert.deepEqual(await read(), { versions: [back, two], at: 1, predicts: 'first' });

    const refused = await tell('on_rejected', second, REJECTED);
    assert.equal(refused.message, 'MLflow’s model credit has version 2 tagged as rejected.');
    const rejected = [2, second, tags('rejected', REJECTED, 1)];
    assert.deepEqual(await read(), { versions: [back, rejected], at: 1, predicts: 'first' });

    const after = await probeTarget('mlflow', TARGET, policyOf('credit'), reach);
    assert.doesNotMatch(after.message, /not registered/);

    // From another machine, whose book knows nothing: no further version is made.
    const elsewhere = await doorbellOf('credit')('on_rolled_back', first, ROLLED_BACK);
    assert.equal(elsewhere.state, 'accepted');
    assert.deepEqual(await read(), { versions: [back, rejected], at: 1, predicts: 'first' });
  },
);

test('a run without a model can’t be registered, and nothing is', unlessPython, async () => {
  const client = clientOf();
  const run = (await client({ do: 'log without a model' })) as string;
  const result = await doorbellOf('empty')('on_approved', run, FIRST);
  assert.deepEqual(result.state, 'refused');
  assert.equal(result.message, 'The run logged no model that could be registered.');
  const unknown = await doorbellOf('empty')('on_approved', 'f'.repeat(32), FIRST);
  assert.equal(unknown.state, 'refused', unknown.message);
});

test(
  'a model that MLflow 2 logged among its run’s artifacts is registered too',
  unlessPythonNamed('mlflow-2'),
  async () => {
    const [run] = (await clientOf('mlflow-2')({ do: 'log', names: ['older'] })) as [string];
    const result = await doorbellOf('older')('on_approved', run, FIRST);
    assert.equal(result.state, 'accepted', result.message);
    const read = await clientOf()({ do: 'read', model: 'older', alias: 'champion' });
    assert.deepEqual(read, { versions: [[1, run, tags('approved', FIRST)]], at: 1, predicts: 'older' });
  },
);

async function heard(receiver: StandIn, calls: number): Promise<void> {
  for (let attempt = 0; attempt < 1200 && receiver.asked.length < calls; attempt += 1) await wait(50);
}

test(
  'MLflow’s own webhook starts what waits for the alias, with the approval among the tags',
  unlessPython,
  async (context) => {
    const receiver = await standIn(context, () => ({ status: 200 }));
    const client = clientOf();
    await client({ do: 'call', url: receiver.url, secret: SECRET });
    const [run] = (await client({ do: 'log', names: ['called'] })) as [string];
    await doorbellOf('called')('on_approved', run, FIRST);
    await heard(receiver, 5);
    const calls = receiver.asked.map(({ body }) => JSON.parse(body));
    assert.deepEqual(
      Object.fromEntries(
        calls.filter(({ entity }) => entity === 'model_version_tag').map(({ data }) => [data.key, data.value]),
      ),
      tags('approved', FIRST),
    );
    const alias = calls.filter(({ entity }) => entity === 'model_version_alias');
    assert.deepEqual(
      alias.map(({ action, data }) => [action, data]),
      [['created', { name: 'called', alias: 'champion', version: '1' }]],
    );
    for (const { headers, body } of receiver.asked) {
      const signed = `${headers['x-mlflow-delivery-id']}.${headers['x-mlflow-timestamp']}.${body}`;
      const signature = createHmac('sha256', SECRET).update(signed).digest('base64');
      assert.equal(headers['x-mlflow-signature'], `v1,${signature}`);
    }
  },
);
