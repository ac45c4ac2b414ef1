// What the editor's commands and status bar ask of the engine, on a real repository, against servers that stand in.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { OperationContext } from '../../../src/extension/engine/operation-context.ts';
import { pipelineStatus } from '../../../src/extension/engine/pipeline-status.ts';
import { previewPipeline, ringPipeline } from '../../../src/extension/engine/ring-pipeline.ts';
import type { RingPreview } from '../../../src/pipeline/doorbell.ts';
import { isUnderWay } from '../../../src/pipeline/ring.ts';
import type { RingRecord } from '../../../src/pipeline/ring-book.ts';
import type { RingResult } from '../../../src/pipeline/ring-result.ts';
import type { PipelineTarget } from '../../../src/policy/schema.ts';
import { type ApprovedProject, approvedProject } from '../pipeline/support/approved-project.ts';
import { type Rule, type StandIn, standIn } from '../pipeline/support/stand-in.ts';
import { SYSTEMS } from '../pipeline/support/systems.ts';

const TOKEN = 'S3CRET-token';
const WORKFLOW = (url: string): PipelineTarget => ({
  github: { url, repository: 'acme/credit', workflow: 'deploy.yml' },
});
/** Three things that wait, each in a system of its own. */
const WAITING = SYSTEMS.filter(({ name }) => name.includes('waiting'));

interface Scene {
  readonly server: StandIn;
  readonly preview: (lookAt?: readonly string[]) => ReturnType<typeof previewPipeline>;
  readonly ring: () => Promise<readonly RingResult[]>;
  readonly ringAsShown: (shown: readonly RingPreview[]) => ReturnType<typeof ringPipeline>;
  readonly status: (look: 'ask' | 'remembered') => Promise<readonly string[]>;
  readonly records: (look: 'ask' | 'remembered') => Promise<readonly RingRecord[]>;
  readonly tellInstead: ApprovedProject['tellInstead'];
  /** Everything that is kept of rings. */
  readonly kept: () => readonly string[];
  readonly sent: () => readonly string[];
}

/** A model that people have signed, both when not said otherwise, and a policy that tells these targets of it. */
async function approved(
  context: TestContext,
  rule: Rule,
  targetsAt: (url: string) => readonly PipelineTarget[],
  signers: readonly ('ana' | 'ben')[] = ['ana', 'ben'],
): Promise<Scene> {
  const server = await standIn(context, rule);
  const { folder, policyFile, tellInstead } = await approvedProject(context, targetsAt(server.url), signers);
  const credentialFor = async (origin: string) =>
    origin === server.url ? ({ kind: 'bearer', token: TOKEN } as const) : undefined;
  const operation: OperationContext = {
    signal: new AbortController().signal,
    reportProgress: () => undefined,
    surroundings: { credentialFor },
  };
  const input = { policyFile, environment: 'production', run: 'run-1' };
  const rings = join(folder, '.git/model-signoff/rings');
  const records: Scene['records'] = async (look) => {
    const found = await pipelineStatus({ policyFile, look }, operation);
    assert.ok(found.ok, JSON.stringify(found));
    assert.equal(realpathSync(dirname(found.value.ringFolder)), realpathSync(dirname(rings)));
    return found.value.records;
  };
  return {
    server,
    preview: (lookAt = []) => previewPipeline({ ...input, lookAt }, operation),
    ring: async () => {
      const rung = await ringPipeline(input, operation);
      assert.ok(rung.ok, JSON.stringify(rung));
      return rung.value;
    },
    ringAsShown: (shown) => ringPipeline({ ...input, shown }, operation),
    records,
    status: async (look) => (await records(look)).map(({ state, status }) => status ?? state),
    tellInstead,
    kept: () => filesIn(rings).map((name) => readFileSync(join(rings, name), 'utf8')),
    sent: () => server.asked.filter(({ method }) => method !== 'GET').map(({ path }) => path),
  };
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A workflow whose runs are listed once it was dispatched, and that is as far as `how` says. */
function workflow(how: { run: object | undefined; dispatch: ReturnType<Rule> }): Rule {
  const runs: string[] = [];
  return ({ method, path, body }) => {
    if (method === 'POST') {
      runs.push(body);
      return how.dispatch;
    }
    const listed = how.run === undefined ? [] : runs.map((sent) => ({ ...how.run, display_title: sent }));
    return path.includes('/actions/runs?')
      ? { status: 200, json: { workflow_runs: listed } }
      : { status: how.run === undefined ? 503 : 200, json: how.run };
  };
}

test('a preview shows every call to everybody, asks no server, and leaves nothing behind', async (context) => {
  const { preview, ringAsShown, server, kept } = await approved(
    context,
    () => 'cut',
    (url) => [WORKFLOW(url), ...WAITING.map(({ target }) => target(url))],
  );
  const shown = await preview();
  assert.ok(shown.ok, JSON.stringify(shown));
  const { event, rings } = shown.value;
  assert.equal(event, 'on_approved');
  assert.deepEqual(
    rings.map(({ title }) => title),
    [
      'GitHub: start deploy.yml of acme/credit',
      'GitHub: approve the waiting deployment to prod of acme/credit',
      'GitLab: play the waiting job deploy of acme/credit',
      'Jenkins: go on with the waiting build of deploy',
    ],
  );
  for (const { method, url, body } of rings) {
    assert.equal(method, 'POST');
    assert.ok(url.startsWith(`${server.url}/`), url);
    assert.match(body, /[0-9a-f]{64}/, 'the approval is named');
    assert.ok(!body.includes(TOKEN));
  }
  // What was shown before somebody else's commit is not what would be sent now.
  const earlier = rings.map((each) => ({ ...each, body: each.body.replace(/[0-9a-f]{40}/, '0'.repeat(40)) }));
  for (const other of [earlier, rings.slice(1), [...rings, ...rings]]) {
    const refused = await ringAsShown(other);
    assert.equal(refused.ok ? 'told' : refused.problem.code, 'pipeline-changed');
  }
  assert.deepEqual([server.asked, kept()], [[], []]);
  const told = await ringAsShown(rings);
  assert.ok(told.ok);
  assert.equal(told.value.length, rings.length);
});

test('what waits is shown where its server may be asked, and nothing else is answered', async (context) => {
  let waiting = 8;
  const rule: Rule = (asked) => {
    // GitHub has one run that waits, by this number.
    const path = asked.path.replace(`/runs/${waiting}/`, '/runs/8/');
    const given = WAITING.map((system) => system.rule({ ...asked, path })).find((each) => each !== undefined);
    return JSON.parse(JSON.stringify(given ?? { status: 404 }).replace('"id":8,', `"id":${waiting},`));
  };
  const { preview, ringAsShown, server, sent } = await approved(context, rule, (url) =>
    WAITING.map(({ target }) => target(url)),
  );
  const elsewhere = await preview(['https://elsewhere.example']);
  assert.ok(elsewhere.ok);
  assert.deepEqual(server.asked, []);
  const impatience = context.mock.method(AbortSignal, 'timeout', () =>
    AbortSignal.abort(new Error('It took too long.')),
  );
  const slow = await preview([server.url]);
  assert.ok(slow.ok);
  for (const [index, ring] of slow.value.rings.entries()) {
    const note = `${server.url} did not say within 5 seconds what waits there.`;
    assert.deepEqual(ring, { ...elsewhere.value.rings[index], note }, 'a server that is slow is not waited for');
  }
  impatience.mock.restore();
  const looked = await preview([server.url]);
  assert.ok(looked.ok);
  const { rings } = looked.value;
  assert.deepEqual(
    rings.map(({ url }) => url.slice(server.url.length)),
    [
      '/repos/acme/credit/actions/runs/8/pending_deployments',
      '/api/v4/projects/acme%2Fcredit/jobs/51/play',
      '/job/deploy/4/input/ModelSignOff/proceed',
    ],
  );
  assert.match(rings[0]?.body ?? '', /"environment_ids": \[\s*91\s*\]/);
  assert.match(rings[1]?.note ?? '', /is approved: POST .+\/deployments\/60\/approval$/);
  assert.match(rings[2]?.body ?? '', /^SIGNOFF_COMMIT=[0-9a-f]{40}$/);
  assert.deepEqual(sent(), []);
  waiting = 9;
  const told = await ringAsShown(rings);
  assert.ok(told.ok);
  assert.deepEqual(
    told.value.map(({ state }) => state),
    ['refused', 'accepted', 'accepted'],
  );
  assert.match(told.value[0]?.message ?? '', /something else waits there than was shown/);
  assert.equal(sent().length, 3, 'GitLab’s approval, its job, and Jenkins’ input');
  const anew = await preview([server.url]);
  assert.ok(anew.ok);
  const later = await ringAsShown(anew.value.rings);
  assert.ok(later.ok);
  assert.deepEqual(
    later.value.map(({ state }) => state),
    ['accepted', 'already', 'already'],
  );
  assert.equal(sent().at(-1), '/repos/acme/credit/actions/runs/9/pending_deployments');
});

test('everything that waits is told, in order, and whoever refuses keeps nobody else from hearing', async (context) => {
  let gitlabWaits = false;
  const rule: Rule = (asked) => {
    if (asked.path.endsWith('/jobs?per_page=100') && !gitlabWaits) return { status: 200, json: [] };
    for (const system of WAITING) {
      const given = system.rule(asked);
      if (given !== undefined) return given;
    }
    return undefined;
  };
  const { ring, sent, kept } = await approved(context, rule, (url) => WAITING.map(({ target }) => target(url)));
  const first = await ring();
  assert.deepEqual(
    first.map(({ state }) => state),
    ['accepted', 'refused', 'accepted'],
  );
  assert.match(first[1]?.message ?? '', /No job deploy waits/);
  const github = '/repos/acme/credit/actions/runs/8/pending_deployments';
  const jenkins = '/job/deploy/4/input/ModelSignOff/proceed';
  assert.deepEqual(sent(), [github, jenkins]);
  gitlabWaits = true;
  assert.deepEqual(
    (await ring()).map(({ state }) => state),
    ['already', 'accepted', 'already'],
  );
  assert.deepEqual(sent().slice(2), [
    '/api/v4/projects/acme/credit/deployments/60/approval',
    '/api/v4/projects/acme/credit/jobs/51/play',
  ]);
  for (const text of kept()) assert.ok(!text.includes(TOKEN), text);
});

test('a call that was cut is looked for by its correlation id, and never sent a second time', async (context) => {
  const how: Parameters<typeof workflow>[0] = { run: undefined, dispatch: 'cut' };
  const { ring, status, sent, server } = await approved(context, workflow(how), (url) => [WORKFLOW(url)]);
  const [lost] = await ring();
  assert.equal(lost?.state, 'unknown', lost?.message);
  assert.deepEqual(await status('remembered'), ['unknown']);
  // What was sent may show only later: until then nobody knows, and nobody sends.
  const [unseen] = await ring();
  assert.equal(unseen?.state, 'unknown');
  assert.match(unseen?.message ?? '', /no answer came/);
  assert.deepEqual(await status('ask'), ['unknown']);
  how.run = { id: 7, html_url: 'https://ghe.acme.example/acme/credit/actions/runs/7', status: 'in_progress' };
  assert.deepEqual(await status('ask'), ['running'], 'it is found without being told again');
  const [found] = await ring();
  assert.deepEqual([found?.state, found?.runUrl], ['already', 'https://ghe.acme.example/acme/credit/actions/runs/7']);
  assert.equal(sent().length, 1);
  assert.deepEqual(await status('ask'), ['running']);
  assert.ok(server.asked.every(({ path }) => !path.includes(TOKEN)));
});

test('a run is asked about until it ends, and never after', async (context) => {
  const page = 'https://ghe.acme.example/acme/credit/actions/runs/7';
  const how: Parameters<typeof workflow>[0] = {
    run: undefined,
    dispatch: { status: 200, json: { workflow_run_id: 7, run_url: 'x', html_url: page } },
  };
  const { ring, status, server } = await approved(context, workflow(how), (url) => [WORKFLOW(url)]);
  assert.equal((await ring())[0]?.runUrl, page);
  const asked = (): number => server.asked.length;
  const before = asked();
  assert.deepEqual(await status('remembered'), ['accepted']);
  assert.equal(asked(), before, 'what is remembered is told without a call');
  const progress = [
    [{ status: 'queued' }, 'running'],
    [{ status: 'waiting' }, 'waiting'],
    [undefined, 'unknown'],
    [{ status: 'in_progress' }, 'running'],
    [{ status: 'completed', conclusion: 'success' }, 'succeeded'],
  ] as const;
  for (const [run, shown] of progress) {
    how.run = run === undefined ? undefined : { id: 7, ...run };
    assert.deepEqual(await status('ask'), [shown]);
    // That nobody can be asked just now is no news of the run.
    if (run === undefined) assert.deepEqual(await status('remembered'), ['waiting']);
  }
  const after = asked();
  assert.equal(after, before + progress.length);
  how.run = { id: 7, status: 'completed', conclusion: 'failure' };
  assert.deepEqual(await status('ask'), ['succeeded']);
  assert.equal(asked(), after);
});

test('a target that the policy does not name any more is asked nothing, says so, and is followed again once it is named', async (context) => {
  const how = { run: { id: 7, status: 'in_progress' }, dispatch: { status: 200, json: { workflow_run_id: 7 } } };
  const { ring, status, records, tellInstead, server } = await approved(context, workflow(how), (url) => [
    WORKFLOW(url),
  ]);
  await ring();
  assert.deepEqual(await status('ask'), ['running']);
  const asked = server.asked.length;
  tellInstead([{ webhook: { url: 'https://hooks.acme.example' } }]);
  for (const look of ['remembered', 'ask'] as const) {
    const [record] = await records(look);
    assert.ok(record !== undefined && !isUnderWay(record), 'nobody comes back to it');
    assert.equal(record.status, 'unknown');
    assert.match(record.message, /The policy does not name this target any more, so nobody asks how far it is\.$/);
  }
  assert.equal(server.asked.length, asked);
  tellInstead([WORKFLOW(server.url)]);
  assert.deepEqual(await status('ask'), ['running']);
});

test('a run that shows only after the answer is found by its name, and followed to its end', async (context) => {
  const how: Parameters<typeof workflow>[0] = { run: undefined, dispatch: { status: 204 } };
  const { ring, status, sent } = await approved(context, workflow(how), (url) => [WORKFLOW(url)]);
  assert.equal((await ring())[0]?.state, 'accepted');
  assert.deepEqual(await status('ask'), ['accepted']);
  how.run = { id: 7, status: 'in_progress' };
  assert.deepEqual(await status('ask'), ['running']);
  how.run = { id: 7, status: 'completed', conclusion: 'cancelled' };
  assert.deepEqual(await status('ask'), ['cancelled']);
  assert.equal(sent().length, 1);
});

test('how far a sign-off is goes to whoever shows it, and nobody else is told of half of one', async (context) => {
  const status = (url: string): PipelineTarget => ({ github: { url, repository: 'acme/credit', status: 'sign-off' } });
  const shows = await approved(
    context,
    ({ path }) => (path.includes('/statuses/') ? { status: 201, json: { id: 1 } } : undefined),
    (url) => [status(url), WORKFLOW(url)],
    ['ana'],
  );
  const preview = await shows.preview();
  assert.ok(preview.ok);
  assert.equal(preview.value.rings.length, 1);
  assert.match(preview.value.rings[0]?.body ?? '', /"state": "pending".+sign-off 1 of 2/s);
  assert.deepEqual(
    (await shows.ring()).map(({ state }) => state),
    ['accepted'],
  );
  assert.match(shows.sent().join(), /^\/repos\/acme\/credit\/statuses\/[0-9a-f]{40}$/);
  const silent = await approved(
    context,
    () => 'cut',
    (url) => [WORKFLOW(url)],
    ['ana'],
  );
  const nothing = await silent.preview();
  assert.equal(nothing.ok ? 'shown' : nothing.problem.code, 'not-approved');
});
