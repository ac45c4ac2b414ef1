import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { headVerdict } from '../../../src/approval/head-verdict.ts';
import { readPolicyBytes } from '../../../src/approval/read-policy.ts';
import { succeed } from '../../../src/base/result.ts';
import { openRepository } from '../../../src/git/repository.ts';
import { announce, planRings } from '../../../src/pipeline/announce.ts';
import { type Happened, whatHappened } from '../../../src/pipeline/what-happened.ts';
import { DEMO_NOW, type DemoProject, demoRun, makeDemoProject } from '../approval/support/demo-project.ts';
import { type StandIn, standIn } from './support/stand-in.ts';

const SECRET = 'S3CRET-token';
const hook = (server: StandIn) => ({ webhook: { url: server.url } });

async function setUp(context: TestContext) {
  const project = makeDemoProject(context);
  const server = await standIn(context, () => ({ status: 204 }));
  const opened = await openRepository(project.folder);
  assert.ok(opened.ok);
  const policyBytes = readFileSync(join(project.folder, 'signoff.yaml'));
  const read = readPolicyBytes(policyBytes, 'signoff.yaml');
  assert.ok(read.ok);
  const pipeline = { production: { on_approved: hook(server), on_rejected: [hook(server)] } };
  const policy = { ...read.value, pipeline };
  const place = {
    repository: opened.value,
    policyPath: 'signoff.yaml',
    policy,
    policyBytes,
    environment: 'production',
  };
  const look = async (now = DEMO_NOW): Promise<{ happened: Happened | undefined; modelId: string }> => {
    const loadRun = async () => succeed(demoRun(project.folder));
    const found = await headVerdict({ ...place, run: 'run-1', now, loadRun });
    assert.ok(found.ok, JSON.stringify(found));
    return { happened: whatHappened(found.value, policy, 'production'), modelId: found.value.modelId };
  };
  const tell = async () => {
    const { happened, modelId } = await look();
    assert.ok(happened);
    const credentialFor = async () => ({ kind: 'bearer', token: SECRET }) as const;
    const options = { reach: { credentialFor }, key: undefined, now: () => new Date() };
    return announce(await planRings({ ...place, ...happened, modelId, run: 'run-1' }, options));
  };
  return { project, server, look, tell };
}

async function approve(project: DemoProject): Promise<void> {
  for (const name of ['ana', 'ben'] as const) assert.ok((await project.signOff(name)).ok);
}

test('the policy’s pipeline is told once of an approval, and once of its revocation', async (context) => {
  const { project, server, tell } = await setUp(context);
  await approve(project);
  assert.deepEqual(
    (await tell()).map(({ state }) => state),
    ['accepted'],
  );
  assert.deepEqual(
    (await tell()).map(({ state }) => state),
    ['already'],
  );
  assert.ok((await project.revoke('ben')).ok);
  assert.deepEqual(
    (await tell()).map(({ state }) => state),
    ['accepted'],
  );
  const types = server.asked.map(({ body }) => (JSON.parse(body) as { type: string }).type);
  assert.deepEqual(types, ['signoff.approved', 'signoff.rejected']);
});

test('a revocation of what was never complete is no rejection', async (context) => {
  const { project, look } = await setUp(context);
  assert.ok((await project.signOff('ana')).ok);
  assert.ok((await project.revoke('ana')).ok);
  assert.equal((await look()).happened, undefined);
});

test('a model that was approved again after a revocation is approved', async (context) => {
  const { project, look } = await setUp(context);
  await approve(project);
  assert.ok((await project.revoke('ben')).ok);
  assert.equal((await look()).happened?.event, 'on_rejected');
  assert.ok((await project.signOff('ben')).ok);
  assert.equal((await look()).happened?.event, 'on_approved');
});

test('an old revocation is no news, once what was approved after it has expired', async (context) => {
  const { project, look } = await setUp(context);
  await approve(project);
  assert.ok((await project.revoke('ben')).ok);
  assert.ok((await project.signOff('ben')).ok);
  const nextYear = new Date(DEMO_NOW.getTime() + 400 * 24 * 3_600_000);
  assert.equal((await look(nextYear)).happened, undefined);
});

test('nobody is told of an approval that the remote does not have yet', async (context) => {
  const { project, server, tell } = await setUp(context);
  const { git } = project.scratch;
  const remote = join(project.folder, '..', 'remote.git');
  git('init', '--quiet', '--bare', remote);
  git('remote', 'add', 'origin', remote);
  git('push', '--quiet', 'origin', 'HEAD:refs/heads/shared');
  await approve(project);
  const [early] = await tell();
  assert.equal(early?.state, 'refused');
  assert.match(early?.message ?? '', /Push it/);
  assert.equal(server.asked.length, 0);
  git('push', '--quiet', 'origin', 'HEAD:refs/heads/shared');
  assert.deepEqual(
    (await tell()).map(({ state }) => state),
    ['accepted'],
  );
});
