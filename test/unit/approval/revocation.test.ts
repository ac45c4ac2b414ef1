import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeRevocation } from '../../../src/approval/complete-revocation.ts';
import { type DemoProject, makeDemoProject } from './support/demo-project.ts';

async function approve(project: DemoProject): Promise<string[]> {
  const ids: string[] = [];
  for (const name of ['ana', 'ben'] as const) {
    const signed = await project.signOff(name);
    assert.ok(signed.ok, JSON.stringify(signed));
    ids.push(signed.value.id);
  }
  return ids;
}

async function codesOf(project: DemoProject): Promise<string[]> {
  const verdict = await project.verify();
  assert.ok(verdict.ok, JSON.stringify(verdict));
  return verdict.value.reasons.map(({ code }) => code);
}

test('a revoked approval counts no more, until its signer approves again', async (context) => {
  const project = makeDemoProject(context);
  await approve(project);
  assert.deepEqual(await codesOf(project), []);
  const revoked = await project.revoke('ben');
  assert.ok(revoked.ok && !revoked.value.already, JSON.stringify(revoked));
  const { git } = project.scratch;
  assert.equal(git('rev-parse', 'HEAD').trim(), revoked.value.commit);
  assert.equal(git('diff', '--name-only', 'HEAD~1', 'HEAD').trim(), revoked.value.approvalPath);
  assert.match(git('log', '-1', '--format=%s'), /^Revoke approvals of default-classifier for production as risk/);
  assert.equal(git('status', '--porcelain').trim(), '');
  assert.deepEqual(await codesOf(project), ['quorum-incomplete', 'revoked']);
  const again = await project.signOff('ben');
  assert.ok(again.ok && !again.value.already, JSON.stringify(again));
  assert.deepEqual(await codesOf(project), []);
});

test('revoking the same again signs nothing', async (context) => {
  const project = makeDemoProject(context);
  await approve(project);
  const first = await project.revoke('ben');
  const again = await project.revoke('ben', { now: new Date('2026-06-16T12:00:00Z') });
  assert.ok(first.ok && again.ok && again.value.already, JSON.stringify(again));
  assert.equal(again.value.id, first.value.id);
  assert.equal(project.scratch.git('rev-list', '--count', 'HEAD').trim(), '4');
});

test('a colleague of the role revokes and deleting it gains nothing once it has landed', async (context) => {
  const project = makeDemoProject(context);
  const [, bens = ''] = await approve(project);
  const approved = project.scratch.git('rev-parse', 'HEAD').trim();
  const revoked = await project.revoke('eve', { approvals: [bens] });
  assert.ok(revoked.ok, JSON.stringify(revoked));
  project.protect();
  project.scratch.git('reset', '--quiet', '--hard', approved);
  assert.deepEqual(await codesOf(project), ['quorum-incomplete', 'revoked']);
});

const MAY_NOT: readonly (readonly [
  what: string,
  args: (ids: readonly string[]) => Parameters<DemoProject['prepareRevocation']>,
  code: string,
])[] = [
  ['an approval of another role', ([anas = '']) => ['ben', { approvals: [anas] }], 'may-not-revoke'],
  ['an approval that is not there', () => ['ben', { approvals: ['0'.repeat(64)] }], 'approval-unknown'],
  [
    'one that is there and one that is not',
    (ids) => ['ben', { approvals: [...ids.slice(1), '0'] }],
    'approval-unknown',
  ],
  ['nothing', () => ['ben', { approvals: [] }], 'approval-unknown'],
  ['without a word', () => ['ben', { comment: ' ' }], 'comment-missing'],
  ['in a role that is not theirs', () => ['ben', { role: 'data-science' }], 'role-not-held'],
  [
    'an approval for another environment',
    (ids) => ['ben', { approvals: ids, environment: 'staging' }],
    'approval-unknown',
  ],
];

for (const [what, args, code] of MAY_NOT) {
  test(`nobody revokes ${what}`, async (context) => {
    const project = makeDemoProject(context);
    const prepared = await project.prepareRevocation(...args(await approve(project)));
    assert.equal(prepared.ok ? 'prepared' : prepared.problem.code, code);
  });
}

test('nobody revokes a rejection: it is taken back by approving', async (context) => {
  const project = makeDemoProject(context);
  const rejected = await project.signOff('eve', { decision: 'reject', comment: 'no' });
  assert.ok(rejected.ok);
  const prepared = await project.prepareRevocation('eve', { approvals: [rejected.value.id] });
  assert.equal(prepared.ok ? 'prepared' : prepared.problem.code, 'approval-unknown');
});

test('nothing is signed when the approval has gone from HEAD while the person was reading', async (context) => {
  const project = makeDemoProject(context);
  await approve(project);
  const prepared = await project.prepareRevocation('ben');
  assert.ok(prepared.ok, JSON.stringify(prepared));
  assert.match(prepared.value.openPoints.join(' '), /trusted branch/);
  assert.ok(prepared.value.description.some(({ label, value }) => label === 'Decision' && value.startsWith('Revoke')));
  project.scratch.git('reset', '--quiet', '--hard', 'protected');
  const result = await completeRevocation(prepared.value, async () => assert.fail('signed'), { now: new Date() });
  assert.equal(result.ok ? 'signed' : result.problem.code, 'changed-since-shown');
});
