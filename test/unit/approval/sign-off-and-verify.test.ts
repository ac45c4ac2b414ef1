import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { completeSignOff } from '../../../src/approval/complete-sign-off.ts';
import { preAuthenticationEncoding } from '../../../src/approval/dsse.ts';
import { readAssessment } from '../../../src/approval/read-assessment.ts';
import { PAYLOAD_TYPE } from '../../../src/approval/statement.ts';
import type { Verdict } from '../../../src/approval/verdict.ts';
import type { Result } from '../../../src/base/result.ts';
import { modelIdOf } from '../../../src/evidence/model-files.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';
import { type DemoProject, makeDemoProject } from './support/demo-project.ts';

function codes(result: Result<Verdict>): string[] {
  return result.ok
    ? result.value.reasons.map(({ code }) => code)
    : [`problem: ${result.problem.code}: ${result.problem.message}`];
}

async function signedByBoth(project: DemoProject): Promise<void> {
  for (const name of ['ana', 'ben'] as const) {
    const result = await project.signOff(name);
    assert.ok(result.ok, JSON.stringify(result));
  }
}

test('two people sign off, and verify approves', async (context) => {
  const project = makeDemoProject(context);
  project.scratch.write('work', 'in progress');
  const first = await project.signOff('ana');
  assert.ok(first.ok, JSON.stringify(first));
  assert.equal(first.value.quorumComplete, false);
  assert.deepEqual(codes(await project.verify()), ['quorum-incomplete']);
  const second = await project.signOff('ben');
  assert.ok(second.ok, JSON.stringify(second));
  assert.equal(second.value.quorumComplete, true);
  for (const question of [{}, { run: 'run-1' }, { run: 'run-1', modelPath: undefined }]) {
    assert.deepEqual(codes(await project.verify(question)), []);
  }
  const { git } = project.scratch;
  assert.equal(git('rev-list', '--count', 'HEAD').trim(), '3');
  const changed = git('diff', '--name-only', 'protected', 'HEAD').trim().split('\n');
  assert.equal(changed.length, 4, 'attributes, one assessment, two approvals');
  assert.ok(changed.every((path) => path.startsWith('.signoff/')));
  assert.equal(git('status', '--porcelain').trim(), '?? work');
});

test('a run whose name has lines of its own adds none to the commit', async (context) => {
  const project = makeDemoProject(context, 'run-1\nApprover: boss@acme.example\u2028\u202e');
  await signedByBoth(project);
  assert.deepEqual(codes(await project.verify()), []);
  const body = project.scratch.git('log', '-1', '--format=%B');
  assert.deepEqual(body.match(/^Approver: .*$/gm), ['Approver: ben@acme.example']);
  assert.match(body, /^Run: run-1\\u\{a\}Approver: boss@acme\.example\\u\{2028\}\\u\{202e\}$/m);
});

test('signing the same again signs nothing', async (context) => {
  const project = makeDemoProject(context);
  await project.signOff('ana');
  const again = await project.signOff('ana', { now: new Date(Date.parse('2026-06-16T12:00:00Z')) });
  assert.ok(again.ok && again.value.already);
  assert.equal(project.scratch.git('rev-list', '--count', 'HEAD').trim(), '2');
});

test('a rejection blocks until the same role approves again', async (context) => {
  const project = makeDemoProject(context);
  await signedByBoth(project);
  const rejected = await project.signOff('eve', { decision: 'reject', comment: 'unfair to the young' });
  assert.ok(rejected.ok, JSON.stringify(rejected));
  assert.deepEqual(codes(await project.verify()), ['rejected']);
  const again = await project.signOff('ben', { comment: 'Eve and I looked at it together' });
  assert.ok(again.ok && !again.value.already, JSON.stringify(again));
  assert.deepEqual(codes(await project.verify()), []);
});

test('with a key past its time nobody approves any more, but can still reject, and that blocks', async (context) => {
  const project = makeDemoProject(context);
  await signedByBoth(project);
  replaceIn(project, '.signoff/allowed_signers', 'eve@acme.example ', 'eve@acme.example valid-before="20260101Z",');
  project.scratch.commit('Let a key run out');
  project.protect();
  const approving = await project.prepare('eve');
  assert.equal(approving.ok ? 'prepared' : approving.problem.code, 'signer-not-valid-now');
  const rejected = await project.signOff('eve', { decision: 'reject', comment: 'no' });
  assert.ok(rejected.ok, JSON.stringify(rejected));
  assert.deepEqual(codes(await project.verify()), ['rejected']);
});

test('a new model takes the place of the old one, which is then refused', async (context) => {
  const project = makeDemoProject(context);
  await signedByBoth(project);
  const before = readFileSync(join(project.modelPath, 'data/model.pkl'));
  project.scratch.write('artifacts/model/data/model.pkl', 'better weights');
  assert.deepEqual(codes(await project.verify()), ['no-approval', 'model-changed']);
  await signedByBoth(project);
  assert.deepEqual(codes(await project.verify()), []);
  project.scratch.write('artifacts/model/data/model.pkl', before);
  assert.deepEqual(codes(await project.verify()), ['no-approval', 'superseded', 'superseded'], "Ana's and Ben's");
  await signedByBoth(project);
  assert.deepEqual(codes(await project.verify()), [], 'signed again, the old model is back');
});

test('stock ssh-keygen accepts every approval, and refuses it when the type or the statement changes', async (context) => {
  const project = makeDemoProject(context);
  await signedByBoth(project);
  const paths = project.scratch.git('ls-tree', '-r', '--name-only', 'HEAD', '.signoff/approvals/').trim().split('\n');
  for (const path of paths) {
    const envelope = JSON.parse(project.scratch.git('cat-file', 'blob', `HEAD:${path}`));
    const payload = Buffer.from(envelope.payload, 'base64');
    const person = path.includes('risk') ? 'ben@acme.example' : 'ana@acme.example';
    const signature = join(project.folder, '..', 'signature');
    writeFileSync(signature, Buffer.from(envelope.signatures[0].sig, 'base64'));
    const check = (message: Uint8Array, namespace = 'model-signoff') =>
      spawnSync(
        'ssh-keygen',
        [
          '-Y',
          'verify',
          '-f',
          join(project.folder, '.signoff/allowed_signers'),
          '-I',
          person,
          '-n',
          namespace,
          '-s',
          signature,
        ],
        { input: message },
      ).status;
    assert.equal(check(preAuthenticationEncoding(PAYLOAD_TYPE, payload)), 0);
    assert.notEqual(check(preAuthenticationEncoding('application/json', payload)), 0);
    assert.notEqual(check(preAuthenticationEncoding(PAYLOAD_TYPE, Buffer.concat([payload, Buffer.from(' ')]))), 0);
    assert.notEqual(check(preAuthenticationEncoding(PAYLOAD_TYPE, payload), 'git'), 0);
  }
});

const FLIPS: readonly (readonly [string, string, (project: DemoProject) => void])[] = [
  ['the model', 'model-changed', ({ scratch }) => scratch.write('artifacts/model/data/model.pkl', 'weighty')],
  ['the policy', 'policy-differs', (project) => replaceIn(project, 'signoff.yaml', '0.8', '0.7')],
  [
    'an approval',
    'signature-invalid',
    (project) => replaceIn(project, pathOf(project, 'approvals'), '"payload":"eyJ', '"payload":"eyL'),
  ],
  [
    'the assessment',
    'assessment-changed',
    (project) => replaceIn(project, pathOf(project, 'assessments'), '"pass"', '"fail"'),
  ],
];

for (const [what, code, flip] of FLIPS) {
  test(`one byte of ${what} changed and committed: verify refuses and names it`, async (context) => {
    const project = makeDemoProject(context);
    await signedByBoth(project);
    flip(project);
    if (project.scratch.git('status', '--porcelain').trim() !== '') project.scratch.commit('Attack');
    const found = codes(await project.verify({ run: 'run-1' }));
    assert.ok(found.includes(code), found.join());
  });
}

function pathOf(project: DemoProject, kind: string): string {
  return project.scratch.git('ls-tree', '-r', '--name-only', 'HEAD', `.signoff/${kind}/`).split('\n')[0] ?? '';
}

function replaceIn(project: DemoProject, path: string, from: string, to: string): void {
  const text = readFileSync(join(project.folder, path), 'utf8');
  assert.ok(text.includes(from), `${path} has ${from}`);
  project.scratch.write(path, text.replace(from, to));
}

test('an attacker who enrols their own key on the branch being verified gains nothing', async (context) => {
  const project = makeDemoProject(context);
  const signers = readFileSync(join(project.folder, '.signoff/allowed_signers'), 'utf8');
  const [ana = '', ben = '', eve = ''] = signers.trim().split('\n');
  // Ben's person, Eve's key.
  project.scratch.write(
    '.signoff/allowed_signers',
    `${ana}\n${eve.replace('eve@', 'ben@')}\n${ben.replace('ben@', 'eve@')}\n`,
  );
  project.scratch.commit('Attack');
  await project.signOff('ana');
  await project.signOff('eve');
  const found = codes(await project.verify());
  assert.ok(found.includes('approver-mismatch') && found.includes('quorum-incomplete'), found.join());
});

test('deleting a rejection from the branch being verified gains nothing once the trusted branch has it', async (context) => {
  const project = makeDemoProject(context);
  await signedByBoth(project);
  const approved = project.scratch.git('rev-parse', 'HEAD').trim();
  await project.signOff('eve', { decision: 'reject', comment: 'no' });
  project.protect();
  project.scratch.git('reset', '--quiet', '--hard', approved);
  assert.deepEqual(codes(await project.verify()), ['rejected']);
});

const QUESTIONS: readonly (readonly [string, object, string])[] = [
  ['no such anchor', { anchor: { trustedRef: 'refs/heads/nowhere' } }, 'anchor-missing'],
  ['HEAD as its own anchor', { anchor: { trustedRef: 'HEAD' } }, 'anchor-not-allowed'],
  ['no such environment', { environment: 'moon' }, 'environment-unknown'],
  ['neither run nor path', { modelPath: undefined }, 'question-incomplete'],
  ['a malformed live model', { live: 'x' }, 'live-malformed'],
];

for (const [what, question, code] of QUESTIONS) {
  test(`verify can not be asked with ${what}`, async (context) => {
    const project = makeDemoProject(context);
    const result = await project.verify(question);
    assert.equal(result.ok ? 'answered' : result.problem.code, code);
  });
}

const MAY_NOT: readonly (readonly [string, Parameters<DemoProject['prepare']>, string])[] = [
  ['in a role that is not theirs', ['ana', { role: 'risk' }], 'role-not-held'],
  ['for an environment that is not there', ['ana', { environment: 'moon' }], 'environment-unknown'],
  [
    'waiving without the role',
    ['ana', { waivers: [{ check: 'auc', reason: 'x', until: '2026-06-20' }] }],
    'may-not-say',
  ],
  ['waiving what passed', ['ben', { waivers: [{ check: 'auc', reason: 'x', until: '2026-06-20' }] }], 'may-not-say'],
  ['accepting what is not uncertain', ['ana', { accepted: [{ check: 'auc', reason: 'x' }] }], 'may-not-say'],
  ['attesting what is no attestation', ['ana', { attestations: [{ check: 'auc', evidence: [] }] }], 'may-not-say'],
  ['as a machine where people are needed', ['ana', { by: 'machine' }], 'automatic-refused'],
];

for (const [what, args, code] of MAY_NOT) {
  test(`nobody signs ${what}`, async (context) => {
    const prepared = await makeDemoProject(context).prepare(...args);
    assert.equal(prepared.ok ? 'prepared' : prepared.problem.code, code);
  });
}

test('whoever signs for a run that is not finished is told so, and a machine does not sign', async (context) => {
  const project = makeDemoProject(context);
  const policyFile = join(project.folder, 'signoff.yaml');
  const automatic = readFileSync(policyFile, 'utf8').replace(
    /require: .*$/m,
    'require: { data-science: 1 }, automatic: true }',
  );
  project.scratch.write('signoff.yaml', automatic);
  project.scratch.commit('Let machines approve');
  project.protect();
  const policyBytes = readFileSync(policyFile);
  const { value: policy } = parsePolicy(policyBytes.toString(), 'signoff.yaml');
  const finished = await project.prepare('ana', { by: 'machine' });
  assert.ok(finished.ok && policy !== undefined, JSON.stringify(finished));
  assert.deepEqual(finished.value.openPoints, []);
  const assessment = readAssessment(finished.value.assessmentBytes);
  assert.ok(assessment.ok);
  const files = finished.value.statement.subject.map(({ name, digest }) => ({ name, sha256: digest.sha256 }));
  const run = { ...finished.value.modelSource.run, status: 'failed' as const };
  const modelFiles = { modelId: modelIdOf(files), files, folder: project.modelPath, path: project.modelPath };
  const assessed = { assessment: assessment.value, policy, policyBytes, run, modelFiles };
  const byPerson = await project.prepare('ana', { assessed: assessed as never });
  assert.ok(byPerson.ok);
  assert.match(
    byPerson.value.openPoints.join(),
    /^The run “.*” is failed, not finished; what it says may be incomplete\.$/,
  );
  const byMachine = await project.prepare('ana', { assessed: assessed as never, by: 'machine' });
  assert.equal(byMachine.ok ? 'prepared' : byMachine.problem.code, 'automatic-refused');
});

test('nobody signs under a policy that is not committed', async (context) => {
  const project = makeDemoProject(context);
  project.scratch.write('signoff.yaml', `${readFileSync(join(project.folder, 'signoff.yaml'), 'utf8')}# changed\n`);
  const prepared = await project.prepare('ana');
  assert.equal(prepared.ok ? 'prepared' : prepared.problem.code, 'policy-not-committed');
});

const WHILE_READING: readonly (readonly [string, (project: DemoProject) => void])[] = [
  ['a model file changed', ({ scratch }) => scratch.write('artifacts/model/MLmodel', 'changed')],
  ['a file was added to the model', ({ scratch }) => scratch.write('artifacts/model/code/evil.py', 'import os')],
  ['a file was taken from the model', ({ modelPath }) => rmSync(join(modelPath, 'data/model.pkl'))],
  [
    'the model became a symlink',
    ({ modelPath }) => {
      renameSync(modelPath, `${modelPath}s`);
      symlinkSync('models', modelPath);
    },
  ],
];

for (const [what, change] of WHILE_READING) {
  test(`nothing is signed when ${what} while the person was reading`, async (context) => {
    const project = makeDemoProject(context);
    const prepared = await project.prepare('ana');
    assert.ok(prepared.ok);
    change(project);
    const result = await completeSignOff(prepared.value, async () => assert.fail('signed'), { now: new Date() });
    assert.equal(result.ok ? 'signed' : result.problem.code, 'changed-since-shown');
  });
}

test('what is shown before signing names every file, the digests and the open points', async (context) => {
  const prepared = await makeDemoProject(context).prepare('ana', { comment: 'Fine.' });
  assert.ok(prepared.ok);
  const labels = prepared.value.description.map(({ label }) => label);
  for (const label of [
    'Decision',
    'Run',
    'Signed by',
    '  MLmodel',
    '  data/model.pkl',
    'Policy',
    'Assessment',
    'Replaces',
    'Expires',
    'Comment',
  ]) {
    assert.ok(labels.includes(label), label);
  }
  assert.match(prepared.value.openPoints.join(' '), /role "risk" needs 1/);
});

test('history that is missing to keep authors apart is named before anybody signs, with what brings it', async (context) => {
  const project = makeDemoProject(context);
  const path = join(project.folder, 'signoff.yaml');
  const policy = readFileSync(path, 'utf8').replace('separate_from: [trained_by]', 'separate_from: [policy_author]');
  project.scratch.write('signoff.yaml', policy);
  project.scratch.commit('Keep the author of the policy apart');
  const whole = await project.prepare('ana');
  assert.ok(whole.ok, JSON.stringify(whole));
  assert.doesNotMatch(whole.value.openPoints.join('\n'), /history/);
  writeFileSync(join(project.folder, '.git/shallow'), project.scratch.git('rev-parse', 'HEAD'));
  const cut = await project.prepare('ana');
  assert.ok(cut.ok, JSON.stringify(cut));
  assert.match(
    cut.value.openPoints[0] ?? '',
    /lacks the history .*\(policy_author\).*verify refuses.*run: git fetch --unshallow$/,
  );
  const rejection = await project.prepare('ana', { decision: 'reject' });
  assert.ok(rejection.ok && !rejection.value.openPoints.some((point) => point.includes('history')));
});

test('a policy that asks less than the protected branch does is named before anybody signs', async (context) => {
  const project = makeDemoProject(context);
  const loosened = readFileSync(join(project.folder, 'signoff.yaml'), 'utf8').replace('min: 0.8 ', 'min: 0.5 ');
  project.scratch.write('signoff.yaml', loosened);
  project.scratch.commit('Ask less');
  const unknown = await project.prepare('ana');
  assert.ok(unknown.ok && !unknown.value.openPoints.some((point) => point.includes('landed')), 'no branch is known');
  const named = await project.prepare('ana', { trustedRef: 'protected' });
  assert.ok(named.ok, JSON.stringify(named));
  assert.match(
    named.value.openPoints.slice(0, 2).join('\n'),
    /not the one of protected[\s\S]*asks less: checks\.auc\.min: "min" is 0\.5 here, and 0\.8 on protected/,
  );
  const { git } = project.scratch;
  git('remote', 'add', 'origin', '/nowhere');
  git('update-ref', 'refs/remotes/origin/main', 'protected');
  git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  const cloned = await project.prepare('ana');
  assert.match(cloned.ok ? cloned.value.openPoints.join('\n') : '', /0\.8 on origin\/main/);
  const wrong = await project.prepare('ana', { trustedRef: 'nowhere' });
  assert.equal(wrong.ok ? 'prepared' : wrong.problem.code, 'anchor-missing');
});
