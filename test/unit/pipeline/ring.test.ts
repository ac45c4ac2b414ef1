import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { type HttpRing, httpRings } from '../../../src/pipeline/doorbells.ts';
import type { News } from '../../../src/pipeline/news.ts';
import { ring } from '../../../src/pipeline/ring.ts';
import { type RingBook, ringBook } from '../../../src/pipeline/ring-book.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { type Given, type Rule, type StandIn, standIn } from './support/stand-in.ts';
import { APPROVAL, COMMIT, SYSTEMS, type SystemCase, VERSION } from './support/systems.ts';

const SECRET = 'S3CRET-token';
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
  readonly ring: (minutesLater?: number) => ReturnType<typeof ring>;
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
    ring: (minutesLater = 0) =>
      ring(wanted, news, { reach: { credentialFor }, book, now: () => new Date(Date.now() + minutesLater * 60_000) }),
  };
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
      assert.equal(book.read(wanted.correlation)?.state, 'accepted');
      assert.ok(!JSON.stringify(wanted.doorbell.preview).includes(SECRET));
      const again = await ringNow();
      assert.equal(again.state, 'already');
      assert.equal(decisive(server, system).length, 1);
    });
  }
});

type State = 'accepted' | 'already' | 'refused' | 'unknown';

/** What goes wrong at the call that decides, and what is known then. */
const TROUBLES: readonly { readonly what: string; readonly given: Given | 'cut'; readonly state: State }[] = [
  { what: 'refuses the credential', given: { status: 401, json: { message: `Bad ${SECRET}` } }, state: 'refused' },
  { what: 'forbids it', given: { status: 403, json: { message: 'no' } }, state: 'refused' },
  { what: 'has a conflict', given: { status: 409, json: { message: 'busy' } }, state: 'refused' },
  { what: 'does not understand', given: { status: 422, json: { message: 'what?' } }, state: 'refused' },
  { what: 'fails', given: { status: 500, text: '<html>oops</html>' }, state: 'unknown' },
  { what: 'cuts the connection after the call', given: 'cut', state: 'unknown' },
  {
    what: 'sends elsewhere',
    given: { status: 307, headers: { location: 'http://127.0.0.1:1/evil' } },
    state: 'refused',
  },
];

/** What a system takes for something else than its general meaning. */
const OTHERWISE: Readonly<Record<string, State>> = {
  'Argo, a template: has a conflict': 'already',
};

describe('faults at the call that decides', { concurrency: 4 }, () => {
  for (const system of SYSTEMS) {
    for (const { what, given, state } of TROUBLES) {
      test(`${system.name}: ${what}`, async (context) => {
        const { server, folder, wanted, ring: ringNow } = await setUp(context, system);
        const trouble: Rule = (asked) =>
          asked.method !== 'GET' && system.decides.test(asked.path) ? given : undefined;
        server.trouble = trouble;
        const result = await ringNow();
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
  server.trouble = () => (busy-- > 0 ? { status: 429, headers: { 'retry-after': '0' } } : undefined);
  assert.equal((await ringNow()).state, 'accepted');
  assert.equal(server.asked.length, 3);
});

test('an old GitHub Enterprise server is asked without the details of the run, and the run is found by its name', async (context) => {
  const { server, wanted, ring: ringNow } = await setUp(context, WORKFLOW);
  server.trouble = ({ method, body }) => {
    if (method === 'GET') {
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

test('while people are missing only a commit status tells so', async (context) => {
  const progress: News = { ...NEWS, progress: { have: 1, need: 2 } };
  const status = SYSTEMS.find(({ name }) => name === 'GitHub, a commit status') as SystemCase;
  const { server, ring: ringNow } = await setUp(context, status, progress);
  assert.equal((await ringNow()).state, 'accepted');
  assert.match(server.asked[0]?.body ?? '', /"state":"pending".*sign-off 1 of 2/);
  for (const system of SYSTEMS.filter((each) => each !== status))
    assert.deepEqual(httpRings(system.target('https://acme.example'), progress, POLICY), [], system.name);
});
