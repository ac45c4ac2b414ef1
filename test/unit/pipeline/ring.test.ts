import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { type HttpRing, httpRings } from '../../../src/pipeline/doorbells.ts';
import type { News } from '../../../src/pipeline/news.ts';
import type { Reach } from '../../../src/pipeline/reach.ts';
import { ring } from '../../../src/pipeline/ring.ts';
import { type RingBook, type RingRecord, ringBook } from '../../../src/pipeline/ring-book.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { type Rule, type StandIn, standIn } from './support/stand-in.ts';
import { APPROVAL, COMMIT, SYSTEMS, type SystemCase, VERSION } from './support/systems.ts';

const SECRET = 'S3CRET-token';
/** Long for a server on this machine, and short for a test. */
const ANSWER_MS = 1500;
/** Waiting is the same in every system. */
const WAITED_FOR = new Set(['GitHub, a workflow', 'a webhook']);
const NEWS: News = {
  ...{ event: 'on_approved', approvals: [APPROVAL], commit: COMMIT, model: 'credit', version: VERSION },
  ...{ run: 'run1', environment: 'production' },
};
const POLICY = { run: { folder: 'runs' } } as unknown as Policy;

interface Rung {
  readonly server: StandIn;
  readonly wanted: HttpRing;
  readonly book: RingBook;
  readonly folder: string;
  readonly ring: (minutesLater?: number, timeouts?: Reach['timeouts']) => ReturnType<typeof ring>;
}

async function setUp(context: TestContext, system: SystemCase, news: News = NEWS): Promise<Rung> {
  const server = await standIn(context, system.rule);
  const folder = mkdtempSync(join(tmpdir(), 'signoff-ring-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const [wanted] = httpRings(system.target(server.url), news, POLICY);
  assert.ok(wanted);
  const book = ringBook({ commonDir: folder });
  const kind = system.name.startsWith('Jenkins') ? 'basic' : 'bearer';
  const credential =
    kind === 'basic' ? ({ kind, user: 'ana', password: SECRET } as const) : ({ kind, token: SECRET } as const);
  const credentialFor = async (origin: string) => (origin === server.url ? credential : undefined);
  return {
    ...{ server, wanted, book, folder },
    ring: (minutesLater = 0, timeouts = {}) =>
      ring(wanted, news, {
        reach: { credentialFor, timeouts },
        book,
        now: () => new Date(Date.now() + minutesLater * 60_000),
      }),
  };
}

function latest(book: RingBook, { correlation }: HttpRing): RingRecord | undefined {
  const record = book.read(correlation);
  assert.ok(record !== 'unreadable');
  return record;
}

function decisive(server: StandIn, system: SystemCase) {
  return server.asked.filter(({ method, path }) => method !== 'GET' && system.decides.test(path));
}

describe('each system', { concurrency: 4 }, () => {
  for (const system of SYSTEMS) {
    test(`${system.name}: gets what the preview shows, with the credential, and nothing when it is rung again`, async (context) => {
      const { server, wanted, book, ring: ringNow } = await setUp(context, system);
      const result = await ringNow();
      assert.equal(result.state, 'accepted', result.message);
      if (system.runUrl !== undefined) assert.equal(result.runUrl, system.runUrl);
      const [sent, ...more] = decisive(server, system);
      assert.ok(sent !== undefined && more.length === 0);
      const expected: unknown = JSON.parse(JSON.stringify(system.expected).replaceAll('$C', wanted.correlation));
      assert.deepEqual(system.body(sent.body), expected);
      assert.equal(latest(book, wanted)?.state, 'accepted');
      assert.ok(!JSON.stringify(wanted.doorbell.preview).includes(SECRET));
      const again = await ringNow();
      assert.equal(again.state, 'already');
      assert.equal(decisive(server, system).length, 1);
    });
  }
});

type State = 'accepted' | 'already' | 'refused' | 'unknown';

/** What goes wrong at the call that decides, and what is known then. */
const TROUBLES: readonly { readonly what: string; readonly given: ReturnType<Rule>; readonly state: State }[] = [
  { what: 'refuses the credential', given: { status: 401, json: { message: `Bad ${SECRET}` } }, state: 'refused' },
  { what: 'forbids it', given: { status: 403, json: { message: 'no' } }, state: 'refused' },
  { what: 'has a conflict', given: { status: 409, json: { message: 'busy' } }, state: 'refused' },
  { what: 'has no such thing', given: { status: 404, json: { message: 'no' } }, state: 'refused' },
  { what: 'is busy', given: { status: 429, text: 'slow down' }, state: 'refused' },
  { what: 'does not understand', given: { status: 422, json: { message: 'what?' } }, state: 'refused' },
  { what: 'fails', given: { status: 500, text: '<html>oops</html>' }, state: 'unknown' },
  { what: 'cuts the connection after the call', given: 'cut', state: 'unknown' },
  { what: 'is too slow', given: 'silent', state: 'unknown' },
  { what: 'is a sign-in page', given: { status: 200, text: '<html>Sign in</html>' }, state: 'unknown' },
  {
    what: 'sends elsewhere',
    given: { status: 307, headers: { location: 'http://127.0.0.1:1/evil' } },
    state: 'refused',
  },
];

/** What a system takes for something else than its general meaning. */
const OTHERWISE: Readonly<Record<string, State>> = {
  'Argo, a template: has a conflict': 'already',
  'Jenkins, a waiting input: has no such thing': 'already',
  // A registry without aliases has no such address.
  'MLflow’s registry: has no such thing': 'accepted',
  // A receiver may answer as it likes.
  'a webhook: is a sign-in page': 'accepted',
};

describe('faults at the call that decides', { concurrency: 4 }, () => {
  for (const system of SYSTEMS) {
    for (const { what, given, state } of TROUBLES) {
      if (given === 'silent' && !WAITED_FOR.has(system.name)) continue;
      test(`${system.name}: ${what}`, async (context) => {
        const { server, folder, wanted, ring: ringNow } = await setUp(context, system);
        const trouble: Rule = (asked) =>
          asked.method !== 'GET' && system.decides.test(asked.path) ? given : undefined;
        server.trouble = trouble;
        const result = await ringNow(0, given === 'silent' ? { answer: ANSWER_MS } : {});
        assert.equal(result.state, OTHERWISE[`${system.name}: ${what}`] ?? state, result.message);
        assert.match(result.message, /^[A-Z“].*[.]$/su);
        const written = readdirSync(join(folder, 'model-signoff/rings')).map((name) =>
          readFileSync(join(folder, 'model-signoff/rings', name), 'utf8'),
        );
        const basic = Buffer.from(`ana:${SECRET}`).toString('base64');
        for (const text of [result.message, ...written])
          for (const secret of [SECRET, basic]) assert.ok(!text.includes(secret), text);
        if (result.state !== 'unknown') return;
        // Whatever the server makes of it, one run at most: it is looked for, or sent where that is harmless.
        server.trouble = undefined;
        const sentOnce = decisive(server, system).length;
        const later = await ringNow(2);
        const sentAgain = decisive(server, system).length - sentOnce;
        if (wanted.doorbell.again === 'harmless') assert.equal(later.state, 'accepted', later.message);
        else assert.ok(sentAgain === 0 || later.state === 'accepted', later.message);
        if (later.state === 'unknown') assert.match(later.message, /no answer came/);
      });
    }
  }
});

const WORKFLOW = SYSTEMS[0] as SystemCase;

test('a server that is asked too often is asked again after as long as it wants', async (context) => {
  const { server, ring: ringNow } = await setUp(context, WORKFLOW);
  let busy = 2;
  server.trouble = ({ method }) =>
    method === 'POST' && busy-- > 0 ? { status: 429, headers: { 'retry-after': '0' } } : undefined;
  assert.equal((await ringNow()).state, 'accepted');
  assert.equal(decisive(server, WORKFLOW).length, 3);
});

test('an old GitHub Enterprise server is asked without the details of the run, and the run is found by its name', async (context) => {
  const { server, wanted, ring: ringNow } = await setUp(context, WORKFLOW);
  server.trouble = ({ method, body }) => {
    if (method === 'GET') {
      if (!server.asked.some((each) => each.method === 'POST')) return { status: 200, json: { workflow_runs: [] } };
      const run = {
        id: 9,
        display_title: `sign-off ${wanted.correlation}`,
        html_url: 'https://ghe.acme.example/runs/9',
      };
      return { status: 200, json: { workflow_runs: [{ id: 1, display_title: 'other' }, run] } };
    }
    if (body.includes('return_run_details'))
      return { status: 400, json: { message: '"return_run_details" is not a permitted key.' } };
    return { status: 204 };
  };
  const result = await ringNow();
  assert.deepEqual([result.state, result.runUrl], ['accepted', 'https://ghe.acme.example/runs/9']);
});

test('a call whose answer was lost is found by its correlation id, and not sent again', async (context) => {
  const { server, wanted, ring: ringNow } = await setUp(context, WORKFLOW);
  server.trouble = () => 'cut';
  assert.equal((await ringNow()).state, 'unknown');
  const runs: unknown[] = [{ id: 3, display_title: 'another run' }];
  server.trouble = ({ method }) =>
    method === 'GET' ? { status: 200, json: { workflow_runs: runs } } : { status: 500 };
  assert.equal((await ringNow(5)).state, 'unknown', 'another run may be the one');
  runs.push({ id: 4, display_title: `Deploy (${wanted.correlation})` });
  assert.equal((await ringNow(5)).state, 'already');
  assert.equal(decisive(server, WORKFLOW).length, 1);
});

test('a call of which nothing is to be seen after a minute is sent again, and not before', async (context) => {
  const { server, ring: ringNow } = await setUp(context, WORKFLOW);
  server.trouble = () => 'cut';
  assert.equal((await ringNow()).state, 'unknown');
  server.trouble = ({ method }) => (method === 'GET' ? { status: 200, json: { workflow_runs: [] } } : undefined);
  assert.equal((await ringNow()).state, 'unknown');
  assert.equal((await ringNow(2)).state, 'accepted');
});

test('of two that ring at once one sends', async (context) => {
  const { server, ring: ringNow } = await setUp(context, WORKFLOW);
  const states = (await Promise.all([ringNow(), ringNow(), ringNow()])).map(({ state }) => state);
  assert.equal(states.filter((state) => state === 'accepted').length, 1);
  assert.equal(decisive(server, WORKFLOW).length, 1);
});

test('what another machine has started is found by its name before anything is sent', async (context) => {
  const { server, wanted, book, ring: ringNow } = await setUp(context, WORKFLOW);
  const run = { id: 4, display_title: `sign-off ${wanted.correlation}`, html_url: 'https://github.com/acme/runs/4' };
  server.trouble = ({ method }) =>
    method === 'GET' ? { status: 200, json: { workflow_runs: [run] } } : { status: 500 };
  const result = await ringNow();
  assert.deepEqual([result.state, result.runUrl], ['already', run.html_url]);
  assert.deepEqual([decisive(server, WORKFLOW).length, latest(book, wanted)?.run?.id], [0, '4']);
});

test('an answer that was lost is looked for at once', async (context) => {
  const { server, wanted, ring: ringNow } = await setUp(context, WORKFLOW);
  const run = { id: 4, display_title: `sign-off ${wanted.correlation}` };
  server.trouble = ({ method }) => {
    const sent = server.asked.some((each) => each.method === 'POST');
    return method === 'GET' ? { status: 200, json: { workflow_runs: sent ? [run] : [] } } : 'cut';
  };
  assert.equal((await ringNow()).state, 'accepted');
  assert.equal((await ringNow()).state, 'already');
  assert.equal(decisive(server, WORKFLOW).length, 1);
});

test('an attempt is one process’s only', async (context) => {
  const { wanted, book, ring: ringNow } = await setUp(context, WORKFLOW);
  await ringNow();
  const record = latest(book, wanted);
  assert.ok(record);
  assert.equal(book.claim(record), 'taken');
  assert.equal(book.claim({ ...record, attempt: 2 }), 'claimed');
});

test('what a crash left in the middle of sending is looked for, and not sent again', async (context) => {
  const { server, wanted, book, ring: ringNow } = await setUp(context, WORKFLOW);
  await ringNow();
  const record = latest(book, wanted);
  assert.ok(record);
  const gone = spawnSync(process.execPath, ['--version']).pid;
  book.write({ ...record, state: 'sending', pid: gone, run: undefined });
  server.trouble = ({ method }) =>
    method === 'GET' ? { status: 200, json: { workflow_runs: [{ id: 1, display_title: 'x' }] } } : undefined;
  assert.equal((await ringNow()).state, 'unknown');
  assert.equal(decisive(server, WORKFLOW).length, 1);
});

test('where a person has looked and says so, it is told again', async (context) => {
  const { server, ring: ringNow, wanted, book } = await setUp(context, WORKFLOW);
  server.trouble = () => 'cut';
  assert.equal((await ringNow()).state, 'unknown');
  server.trouble = ({ method }) => (method === 'GET' ? { status: 500 } : undefined);
  const surroundings = { reach: { credentialFor: async () => undefined }, book, now: () => new Date() };
  assert.equal((await ring(wanted, NEWS, surroundings)).state, 'unknown');
  assert.equal((await ring(wanted, NEWS, { ...surroundings, afterUnknown: 'send' })).state, 'accepted');
  assert.equal(latest(book, wanted)?.attempt, 2);
});

test('a record that can’t be read may be of something that was told: nothing is sent', async (context) => {
  const { server, wanted, folder, ring: ringNow } = await setUp(context, WORKFLOW);
  mkdirSync(join(folder, 'model-signoff/rings'), { recursive: true });
  writeFileSync(join(folder, `model-signoff/rings/${wanted.correlation}.1.json`), '{"schema": "of another version"}');
  const result = await ringNow();
  assert.deepEqual([result.state, server.asked.length], ['unknown', 0], result.message);
});

test('a server that is not there was told nothing', async (context) => {
  const { server, ring: ringNow } = await setUp(context, {
    ...WORKFLOW,
    target: () => ({ github: { url: 'http://127.0.0.1:65533', repository: 'acme/credit', workflow: 'x.yml' } }),
  });
  const { state, message } = await ringNow();
  assert.deepEqual([state, server.asked.length], ['refused', 0], message);
});

test('a password for Jenkins brings the crumb that it asks for, with its session', async (context) => {
  const build = SYSTEMS.find(({ name }) => name === 'Jenkins, a build') as SystemCase;
  const { server, ring: ringNow } = await setUp(context, build);
  server.trouble = ({ method, path, headers }) => {
    if (path.startsWith('/crumbIssuer/api/json'))
      return {
        status: 200,
        json: { crumb: 'abc', crumbRequestField: 'Jenkins-Crumb' },
        headers: { 'set-cookie': 'JSESSIONID=1; Path=/' },
      };
    if (method !== 'POST' || (headers['jenkins-crumb'] === 'abc' && headers.cookie === 'JSESSIONID=1'))
      return undefined;
    return { status: 403, text: '<html>No valid crumb was included in the request</html>' };
  };
  assert.equal((await ringNow()).state, 'accepted');
});

test('a build that waits in the queue of Jenkins is followed there, and by its number once it is forgotten', async (context) => {
  const build = SYSTEMS.find(({ name }) => name === 'Jenkins, a build') as SystemCase;
  const { server, wanted } = await setUp(context, build);
  const reach = { credentialFor: async () => undefined };
  const status = (): unknown => wanted.doorbell.status?.({ id: 'queue:12' }, reach);
  server.trouble = ({ path }) => (path.startsWith('/queue/item/12/') ? { status: 200, json: {} } : undefined);
  assert.deepEqual(await status(), { state: 'waiting' });
  const page = `${server.url}/job/ml/job/deploy/3`;
  server.trouble = ({ path }) => {
    if (path.startsWith('/queue/')) return { status: 404 };
    if (path.includes('queueId')) return { status: 200, json: { builds: [{ number: 3, queueId: 12 }] } };
    return { status: 200, json: { building: false, result: 'SUCCESS' } };
  };
  assert.deepEqual(await status(), { state: 'succeeded', url: page });
});

test('GitLab’s registry has its run tagged, since it writes no aliases', async (context) => {
  const registry = SYSTEMS.find(({ name }) => name === 'MLflow’s registry') as SystemCase;
  const base = '/api/v4/projects/7/ml/mlflow';
  const { server, ring: ringNow } = await setUp(context, {
    ...registry,
    target: (url) => ({ mlflow: { url: `${url}${base}` } }),
    rule: ({ path }) => (path.endsWith('/runs/set-tag') ? { status: 200, json: {} } : undefined),
  });
  const result = await ringNow();
  assert.equal(result.state, 'accepted', result.message);
  assert.deepEqual([...new Set(server.asked.map(({ path }) => path))], [`${base}/api/2.0/mlflow/runs/set-tag`]);
});

test('what had MLflow’s alias before is kept in a tag', async (context) => {
  const registry = SYSTEMS.find(({ name }) => name === 'MLflow’s registry') as SystemCase;
  const { server, ring: ringNow } = await setUp(context, registry);
  server.trouble = ({ method, path }) =>
    method === 'GET' && path.includes('registered-models/alias')
      ? { status: 200, json: { model_version: { version: '2' } } }
      : undefined;
  await ringNow();
  const tags = server.asked.filter(({ path }) => path.endsWith('set-tag')).map(({ body }) => JSON.parse(body));
  assert.equal(tags.find(({ key }) => key === 'signoff.previous')?.value, '2');
});

test('an input of Jenkins that was answered meanwhile is no failure, and a reason is told', async (context) => {
  const waiting = SYSTEMS.find(({ name }) => name === 'Jenkins, a waiting input') as SystemCase;
  const answered = await setUp(context, waiting);
  const withReason =
    (reason: string): Rule =>
    ({ method }) =>
      method === 'POST' ? { status: 400, text: '<html></html>', headers: { 'x-error': reason } } : undefined;
  answered.server.trouble = withReason('This input has been already given');
  assert.equal((await answered.ring()).state, 'already');
  const refused = await setUp(context, waiting);
  refused.server.trouble = withReason('You need to be eve to submit this.');
  const result = await refused.ring();
  assert.equal(result.state, 'refused');
  assert.match(result.message, /You need to be eve/);
});

test('a rejection refuses the deployment, aborts the build, and stops the workflow', async (context) => {
  const rejected: News = { ...NEWS, event: 'on_rejected' };
  const bodies = { 'GitHub, a waiting deployment': /"state":"rejected"/, 'Argo, a suspended workflow': /"message":/ };
  for (const [name, body] of Object.entries(bodies)) {
    const system = SYSTEMS.find((each) => each.name === name) as SystemCase;
    const rule: Rule = (asked) => (asked.path.endsWith('/stop') ? { status: 200, json: {} } : system.rule(asked));
    const { server, ring: ringNow } = await setUp(context, { ...system, rule }, rejected);
    assert.equal((await ringNow()).state, 'accepted');
    assert.match(server.asked.at(-1)?.body ?? '', body);
  }
});

test('a look at what waits says that nothing does, and only reads', async (context) => {
  for (const system of SYSTEMS.filter(({ name }) => name.includes('waiting'))) {
    const { server, wanted } = await setUp(context, system);
    const { doorbell } = wanted;
    const reach = { credentialFor: async () => undefined };
    server.trouble = ({ path }) =>
      path.includes('pipelines') ? { status: 200, json: [] } : { status: 200, json: { workflow_runs: [], builds: [] } };
    const looked = await doorbell.look?.(reach);
    assert.match(looked?.note ?? '', /^No .+ waits /);
    assert.deepEqual({ ...looked, note: doorbell.preview.note }, { note: undefined, ...doorbell.preview });
    assert.ok(server.asked.every(({ method }) => method === 'GET'));
  }
});

test('of a rejection GitLab is sent no job to play, and only what is blocked is rejected', async (context) => {
  const rejected: News = { ...NEWS, event: 'on_rejected' };
  const system = SYSTEMS.find(({ name }) => name.startsWith('GitLab, a waiting job')) as SystemCase;
  const { server, wanted, ring: ringNow } = await setUp(context, system, rejected);
  assert.match(wanted.doorbell.preview.url, /\/deployments\/<the blocked deployment>\/approval$/);
  server.trouble = ({ path }) => (path.includes('/deployments?') ? { status: 200, json: [] } : undefined);
  assert.match((await ringNow()).message, /No deployment .+ is blocked, so there is none to reject\.$/);
  server.trouble = undefined;
  assert.equal((await ringNow()).state, 'accepted');
  const sent = server.asked.filter(({ method }) => method === 'POST');
  assert.deepEqual(
    sent.map(({ path }) => path),
    ['/api/v4/projects/acme/credit/deployments/60/approval'],
  );
  assert.match(sent[0]?.body ?? '', /"status":"rejected"/);
});

test('while people are missing only a commit status tells so', async (context) => {
  const progress: News = { ...NEWS, progress: { have: 1, need: 2 } };
  const status = SYSTEMS.find(({ name }) => name === 'GitHub, a commit status') as SystemCase;
  const { server, ring: ringNow } = await setUp(context, status, progress);
  assert.equal((await ringNow()).state, 'accepted');
  assert.match(server.asked[0]?.body ?? '', /"state":"pending".*sign-off 1 of 2/);
  for (const system of SYSTEMS.filter((each) => each !== status))
    assert.deepEqual(httpRings(system.target('https://acme.example'), progress, POLICY), [], system.name);
});
