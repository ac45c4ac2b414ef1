import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { completeRollback } from '../../../src/approval/complete-rollback.ts';
import type { Result } from '../../../src/base/result.ts';
import { type DemoProject, makeDemoProject } from './support/demo-project.ts';

/** Ana and Ben approve; each day later than the version before. */
async function approve(version: DemoProject, day: number): Promise<void> {
  const now = new Date(Date.UTC(2026, 5, day, 12));
  for (const name of ['ana', 'ben'] as const) {
    const signed = await version.signOff(name, { now });
    assert.ok(signed.ok, JSON.stringify(signed));
  }
}

async function codesOf(version: DemoProject): Promise<string[]> {
  const verdict = await version.verify();
  assert.ok(verdict.ok, JSON.stringify(verdict));
  return [...new Set(verdict.value.reasons.map(({ code }) => code))];
}

function problemOf(result: Result<unknown>): string {
  return result.ok ? 'none' : `${result.problem.code}: ${result.problem.message}`;
}

test('one signature goes back to the version before, and verify follows; the history tells it all', async (context) => {
  const first = makeDemoProject(context);
  const second = first.version('run-2');
  await approve(first, 10);
  await approve(second, 12);
  assert.deepEqual([await codesOf(first), await codesOf(second)], [['no-approval', 'superseded'], []]);

  const back = await first.rollBack('eve');
  assert.ok(back.ok && back.value.quorumComplete, JSON.stringify(back));
  assert.deepEqual([await codesOf(first), await codesOf(second)], [[], ['no-approval', 'superseded']]);
  const { git } = first.scratch;
  assert.equal(git('diff', '--name-only', 'HEAD~1', 'HEAD').trim(), back.value.approvalPath);
  assert.match(git('log', '-1', '--format=%s'), /^Roll back default-classifier for production as risk/);

  const { environments } = await first.history();
  const turns = environments[0]?.turns ?? [];
  assert.deepEqual(
    turns.map(({ by, run, state, since, until }) => [by, run, state, since, until]),
    [
      ['approval', 'run-1', 'superseded', '2026-06-10T12:00:00Z', '2026-06-12T12:00:00Z'],
      ['approval', 'run-2', 'superseded', '2026-06-12T12:00:00Z', '2026-06-15T12:00:00Z'],
      ['rollback', 'run-1', 'in force', '2026-06-15T12:00:00Z', null],
    ],
  );
  assert.deepEqual(
    turns[2]?.signed.map(({ person, comment }) => [person, comment]),
    [['eve@acme.example', 'It turned everybody down']],
  );
  assert.deepEqual(turns[2]?.rests_on.map(({ person }) => person).sort(), ['ana@acme.example', 'ben@acme.example']);
  assert.equal(turns[2]?.signed[0]?.landed?.commit, back.value.commit);
  for (const [day, run] of [
    [9, undefined],
    [11, 'run-1'],
    [13, 'run-2'],
    [15, 'run-1'],
  ] as const) {
    const then = await first.history({ at: Date.UTC(2026, 5, day, 23) });
    assert.deepEqual(
      then.environments[0]?.turns.map((turn) => turn.run),
      run === undefined ? [] : [run],
      `day ${day}`,
    );
  }

  const again = await first.rollBack('eve', { now: new Date('2026-06-15T13:00:00Z') });
  assert.match(problemOf(again), /^nothing-to-go-back-to/);
  await approve(second, 15);
  assert.deepEqual([await codesOf(first), await codesOf(second)], [['no-approval', 'superseded'], []]);
});

test('a version whose files have changed or are gone is passed over, and said so', async (context) => {
  const first = makeDemoProject(context);
  const [second, third] = [first.version('run-2'), first.version('run-3')];
  await approve(first, 10);
  await approve(second, 11);
  await approve(third, 12);
  writeFileSync(join(second.modelPath, 'data/model.pkl'), 'other');
  const prepared = await first.prepareRollback('ben');
  assert.ok(prepared.ok, JSON.stringify(prepared));
  assert.equal(prepared.value.to.run, 'run-1');
  assert.match(prepared.value.passedOver.join(), /run-2: its files are not those that were approved/);
  const named = await first.prepareRollback('ben', { run: 'run-2' });
  assert.match(problemOf(named), /^nothing-to-go-back-to: .*its files are not those/);
  rmSync(first.modelPath, { recursive: true });
  assert.match(problemOf(await first.prepareRollback('ben')), /^nothing-to-go-back-to: .*run-2.*run-1/);
});

test('what was shown and has changed since is not signed', async (context) => {
  const first = makeDemoProject(context);
  await approve(first, 10);
  await approve(first.version('run-2'), 11);
  const prepared = await first.prepareRollback('ben');
  assert.ok(prepared.ok, JSON.stringify(prepared));
  writeFileSync(join(first.modelPath, 'data/model.pkl'), 'other');
  const result = await completeRollback(prepared.value, async () => assert.fail('signed'), { now: new Date() });
  assert.match(problemOf(result), /^changed-since-shown/);
});

test('after its approvals were revoked, the model is still the one that is gone back from', async (context) => {
  const first = makeDemoProject(context);
  const second = first.version('run-2');
  await approve(first, 10);
  await approve(second, 11);
  const revoked = await second.revoke('ben');
  assert.ok(!revoked.ok, 'Ben has approvals of two models');
  assert.ok((await second.revoke('ben', { approvals: await newestOfBen(second) })).ok);
  assert.deepEqual([await codesOf(first), await codesOf(second)].flat().sort(), [
    'no-approval',
    'quorum-incomplete',
    'revoked',
    'superseded',
  ]);
  const prepared = await first.prepareRollback('eve');
  assert.ok(prepared.ok, JSON.stringify(prepared));
  assert.equal(prepared.value.statement.predicate.replaces, prepared.value.from[0]);
  assert.ok((await first.rollBack('eve')).ok);
  assert.deepEqual(await codesOf(first), []);
});

test('nobody rolls back without a word, without a predecessor, or where nothing is approved', async (context) => {
  const project = makeDemoProject(context);
  assert.match(problemOf(await project.prepareRollback('ben', { comment: ' ' })), /^comment-missing/);
  assert.match(problemOf(await project.prepareRollback('ben')), /^nothing-to-roll-back/);
  await approve(project, 10);
  assert.match(problemOf(await project.prepareRollback('ben')), /^nothing-to-go-back-to: The model in force/);
  assert.match(problemOf(await project.prepareRollback('ben', { role: 'data-science' })), /^role-not-held/);
});

/** Ids of Ben's approvals of the newest model. */
async function newestOfBen(project: DemoProject): Promise<string[]> {
  const turns = (await project.history()).environments[0]?.turns ?? [];
  const signed = turns.at(-1)?.signed ?? [];
  return signed.filter(({ person }) => person.startsWith('ben')).map(({ id }) => id);
}
