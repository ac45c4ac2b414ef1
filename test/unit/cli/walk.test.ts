import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import { createSampleWorkspace, type SampleWorkspace } from '../../../scripts/lib/sample-workspace.ts';
import { git, onlyFile, signoff } from './signoff-process.ts';

const PRODUCTION = ['--environment', 'production'];
const ANCHOR = ['--trusted-ref', 'anchor'];

let sample: SampleWorkspace;
let run: string;

before(() => {
  sample = createSampleWorkspace();
  git(sample.folder, 'branch', 'anchor');
  run = JSON.parse(signoff(sample.folder, 'check', '--format', 'json').stdout).run.id;
  writeFileSync(join(sample.folder, 'dpia.txt'), 'assessed');
});
after(() => sample.remove());

function verify() {
  const answer = signoff(sample.folder, 'verify', '--run', run, ...PRODUCTION, ...ANCHOR, '--format', 'json');
  return { ...answer, verdict: answer.stdout === '' ? undefined : JSON.parse(answer.stdout) };
}

const keyOf = (person: string): string => sample.keys[person] ?? '';

test('check lists every check of the sample with value and bound, and nothing required fails', () => {
  const { code, stdout } = signoff(sample.folder, 'check', '--format', 'json');
  const report = JSON.parse(stdout);
  assert.equal(code, 1, 'attestations are pending');
  assert.deepEqual(Object.keys(report), ['schema', 'tool', 'project', 'model', 'run', 'policy', 'summary', 'outcomes']);
  const statuses = new Set(report.outcomes.map(({ status }: { status: string }) => status));
  assert.deepEqual(statuses, new Set(['pass', 'not_applicable', 'pending']));
});

test('before anyone has signed, verify says no', () => {
  const { code, verdict } = verify();
  assert.equal(code, 1);
  assert.equal(verdict.approved, false);
  assert.ok(verdict.reasons.some((reason: { code: string }) => reason.code === 'no-approval'));
});

test('a dry run shows the statement and signs nothing', () => {
  const head = git(sample.folder, 'rev-parse', 'HEAD');
  const { code, stdout } = signoff(sample.folder, 'approve', ...PRODUCTION, '--dry-run');
  assert.equal(code, 0);
  assert.match(stdout, /ana@acme\.example, in the role data-science/);
  assert.equal(git(sample.folder, 'rev-parse', 'HEAD'), head);
});

test('a role that the policy does not give can’t be signed in', () => {
  const { code, stderr } = signoff(sample.folder, 'approve', ...PRODUCTION, '--role', 'risk');
  assert.equal(code, 1);
  assert.match(stderr, /does not give the role "risk" to ana@acme\.example/);
});

test('two people in two roles sign, and verify says yes', () => {
  const ana = signoff(sample.folder, 'approve', ...PRODUCTION, '--attest', 'monitoring');
  assert.equal(ana.code, 0, ana.stderr);
  assert.equal(verify().code, 1, 'one of two');
  const ben = signoff(
    sample.folder,
    'approve',
    ...PRODUCTION,
    '--key',
    keyOf('ben@acme.example'),
    '--attest',
    'dpia=dpia.txt',
  );
  assert.equal(ben.code, 0, ben.stderr);
  const { code, verdict } = verify();
  assert.equal(code, 0, JSON.stringify(verdict));
  assert.deepEqual(verdict.quorum, { 'data-science': { need: 1, have: 1 }, risk: { need: 1, have: 1 } });
});

test('signing the same again adds nothing', () => {
  const head = git(sample.folder, 'rev-parse', 'HEAD');
  const { code, stderr } = signoff(sample.folder, 'approve', ...PRODUCTION, '--attest', 'monitoring');
  assert.equal(code, 0);
  assert.match(stderr, /signed this already/);
  assert.equal(git(sample.folder, 'rev-parse', 'HEAD'), head);
});

test('check lays the attestations over and every required check is ok', () => {
  const { code, stdout } = signoff(sample.folder, 'check');
  assert.equal(code, 0);
  assert.match(stdout, /Attested by ben@acme\.example/);
});

test('show prints an approval in words', () => {
  const { code, stdout } = signoff(
    sample.folder,
    'show',
    onlyFile(join(sample.folder, '.signoff', 'approvals'), /production\.risk/),
  );
  assert.equal(code, 0);
  assert.match(stdout, /ben@acme\.example, in the role risk/);
});

/** Flips one byte of a file, commits it where git is what is read, looks, and puts everything back. */
function withOneByteFlipped(file: string, place: 'on-disk' | 'committed', look: () => void): void {
  const bytes = readFileSync(file);
  const head = git(sample.folder, 'rev-parse', 'HEAD').trim();
  const middle = Math.floor(bytes.length / 2);
  const flipped = Buffer.from(bytes);
  flipped[middle] = (flipped[middle] ?? 0) ^ 1;
  writeFileSync(file, flipped);
  if (place === 'committed') git(sample.folder, 'commit', '--quiet', '--message=flip', '--', file);
  try {
    look();
  } finally {
    git(sample.folder, 'reset', '--quiet', '--hard', head);
  }
}

const FLIPS = [
  { what: 'the model', root: 'mlruns', file: /models\/m-b95.*model\.skops$/, place: 'on-disk', says: /model/ },
  { what: 'the policy', root: '.', file: /^signoff\.yaml$/, place: 'committed', says: /policy/ },
  { what: 'the assessment', root: '.signoff/assessments', file: /\.json$/, place: 'committed', says: /assessment/ },
  { what: 'an approval', root: '.signoff/approvals', file: /\.risk\./, place: 'committed', says: /envelope|signature/ },
] as const;

for (const { what, root, file, place, says } of FLIPS) {
  test(`one byte of ${what} flipped: verify says no, and says which`, () => {
    withOneByteFlipped(onlyFile(join(sample.folder, root), file), place, () => {
      const { code, verdict } = verify();
      assert.equal(code, 1);
      const words = [...verdict.reasons, ...verdict.ignored].map((each: { code: string }) => each.code).join(' ');
      assert.match(words, says);
    });
    assert.equal(verify().code, 0);
  });
}

for (const { what, root, file } of FLIPS.filter(({ place }) => place === 'committed')) {
  test(`one byte of ${what} flipped without a commit: verify says no, and names the file`, () => {
    const path = onlyFile(join(sample.folder, root), file);
    withOneByteFlipped(path, 'on-disk', () => {
      const { code, verdict } = verify();
      assert.equal(code, 1);
      const reason = verdict.reasons.find((each: { code: string }) => each.code === 'work-tree-differs');
      assert.ok(reason.message.startsWith(relative(sample.folder, path)));
    });
  });
}

function verifyAgain(...words: readonly string[]) {
  return signoff(sample.folder, 'verify', '--run', run, ...PRODUCTION, ...ANCHOR, '--recheck', ...words);
}

test('evaluated again, the run gives what was signed', () => {
  const { code, stdout, stderr } = verifyAgain();
  assert.equal(code, 0, stdout + stderr);
});

test('evaluated again after its inputs changed, verify says no, and names the check and both outcomes', () => {
  const card = join(sample.folder, 'MODEL_CARD.md');
  const text = readFileSync(card, 'utf8');
  writeFileSync(card, text.replace('## Limitations', '## Delimitations'));
  try {
    assert.equal(verify().code, 0, 'what was signed is still what was signed');
    const { code, stdout, stderr } = verifyAgain('--format', 'json');
    assert.equal(code, 1, stderr);
    const [reason, ...others] = JSON.parse(stdout).reasons;
    assert.deepEqual(others, []);
    assert.equal(reason.code, 'recheck-differs');
    assert.match(reason.message, /^The check "card" was signed as pass, and is fail now \(parts, evidence differ\)\.$/);
  } finally {
    writeFileSync(card, text);
  }
});

test('history tells who approved what, in words and as data, and that nobody had before', () => {
  const now = signoff(sample.folder, 'history', ...PRODUCTION, '--format', 'json');
  assert.equal(now.code, 0, now.stderr);
  const [turn, ...others] = JSON.parse(now.stdout).environments[0].turns;
  assert.deepEqual([turn.run, turn.state, turn.replaces, others], [run, 'in force', null, []]);
  assert.deepEqual(
    turn.signed.map(({ person }: { person: string }) => person),
    ['ana@acme.example', 'ben@acme.example'],
  );
  assert.equal(turn.signed[1].landed.commit, git(sample.folder, 'rev-parse', 'HEAD').trim());
  assert.match(signoff(sample.folder, 'history').stdout, /in force[\s\S]*the first model here[\s\S]*attested dpia/);
  assert.equal(signoff(sample.folder, 'history', '--at', '2020-01-01').code, 1);
  assert.equal(signoff(sample.folder, 'history', '--at', 'yesterday').code, 2);
});

test('trigger says what it would tell, and only of what is approved', () => {
  const { code, stderr } = signoff(sample.folder, 'trigger', '--dry-run');
  assert.equal(code, 0, stderr);
  assert.match(stderr, /on_approved/);
  assert.equal(signoff(sample.folder, 'trigger', '--environment', 'staging').code, 1);
});

test('rollback needs a reason, and a model to go back to', () => {
  assert.equal(signoff(sample.folder, 'rollback').code, 2);
  const { code, stderr } = signoff(sample.folder, 'rollback', '--comment', 'It crashed');
  assert.equal(code, 1);
  assert.match(stderr, /replaced none/);
});

test('a machine’s key signs nothing where people decide, and no person’s key signs as a machine', () => {
  const automatic = ['approve', '--automatic', '--environment'];
  const machine = signoff(sample.folder, ...automatic, 'production', '--key', keyOf('ci@acme.example'));
  assert.deepEqual([machine.code, /does not allow automatic/.test(machine.stderr)], [1, true]);
  const person = signoff(sample.folder, ...automatic, 'staging');
  assert.deepEqual([person.code, /no role of machines/.test(person.stderr)], [1, true]);
});

test('revoke withdraws the signer’s own approval, and verify says so until it is given again', () => {
  const head = git(sample.folder, 'rev-parse', 'HEAD').trim();
  assert.equal(signoff(sample.folder, 'revoke').code, 2, 'without a reason');
  const revoked = signoff(sample.folder, 'revoke', '--comment', 'The wrong run', ...PRODUCTION);
  assert.equal(revoked.code, 0, revoked.stderr);
  const { code, verdict } = verify();
  assert.equal(code, 1);
  assert.ok(verdict.reasons.some((reason: { code: string }) => reason.code === 'revoked'));
  git(sample.folder, 'reset', '--quiet', '--hard', head);
});

test('a rejection by the other risk officer blocks the model', () => {
  const eve = signoff(sample.folder, 'reject', ...PRODUCTION, '--key', keyOf('eve@acme.example'), '--comment', 'no');
  assert.equal(eve.code, 0, eve.stderr);
  const { code, verdict } = verify();
  assert.equal(code, 1);
  assert.ok(verdict.reasons.some((reason: { code: string }) => reason.code === 'rejected'));
});

test('verify without an anchor is not answered, and says how to choose one', () => {
  const { code, stderr } = signoff(sample.folder, 'verify', '--run', run, ...PRODUCTION);
  assert.equal(code, 2);
  assert.match(stderr, /--trusted-ref/);
});
