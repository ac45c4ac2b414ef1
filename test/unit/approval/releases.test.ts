import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type CompletedRelease, completeRelease } from '../../../src/approval/complete-release.ts';
import type { Signer } from '../../../src/approval/complete-statement.ts';
import { preAuthenticationEncoding } from '../../../src/approval/dsse.ts';
import { type PreparedRelease, prepareRelease, type ReleaseChanges } from '../../../src/approval/prepare-release.ts';
import { releaseState } from '../../../src/approval/release-state.ts';
import { readSignedRelease } from '../../../src/approval/signed-release.ts';
import { sshSigner } from '../../../src/approval/ssh-signer.ts';
import type { Result } from '../../../src/base/result.ts';
import type { CommitStep } from '../../../src/git/commit-files.ts';
import { DEMO_NOW, type DemoProject, makeDemoProject } from './support/demo-project.ts';

type Name = Parameters<DemoProject['key']>[0];

const FIRST = '.signoff/releases/1.json';
const nobody: Signer = () => Promise.reject(new Error('Nobody should have been asked to sign.'));

interface Signing {
  readonly signer?: Signer;
  readonly afterStep?: (step: CommitStep) => void | Promise<void>;
}

async function prepare(
  project: DemoProject,
  name: Name,
  changes: ReleaseChanges = {},
): Promise<Result<PreparedRelease>> {
  const state = await releaseState(await project.scratch.open(), 'signoff.yaml');
  return state.ok ? prepareRelease(state.value, project.key(name), { now: DEMO_NOW, ...changes }) : state;
}

async function release(
  project: DemoProject,
  name: Name,
  changes: ReleaseChanges = {},
  { signer = sshSigner(project.key(name)), afterStep = () => {} }: Signing = {},
): Promise<Result<CompletedRelease>> {
  const prepared = await prepare(project, name, changes);
  return prepared.ok ? completeRelease(prepared.value, signer, { afterStep }) : prepared;
}

function rootsOf(project: DemoProject, ...names: Name[]): string[] {
  return names.map((name) => project.key(name).fingerprint);
}

function signersOf(project: DemoProject, path = FIRST): string[] {
  const read = readSignedRelease(Buffer.from(project.scratch.git('show', `HEAD:${path}`)));
  assert.ok(read.ok, JSON.stringify(read));
  return [...read.value.signatures.keys()].sort();
}

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.problem.code);

test('one root releases, two people approve, and a pipeline that trusts the root says yes; a new policy needs a new release', async (context) => {
  const project = makeDemoProject(context);
  const roots = rootsOf(project, 'eve');
  const first = await release(project, 'eve', { roots });
  assert.deepEqual(first.ok && [first.value.number, first.value.lacks], [1, undefined], JSON.stringify(first));
  for (const name of ['ana', 'ben'] as const) assert.ok((await project.signOff(name)).ok);
  const yes = await project.verify({ anchor: { roots, minRelease: 1, project: 'credit-risk' } });
  assert.deepEqual(yes.ok && yes.value.reasons, []);

  const policy = readFileSync(join(project.folder, 'signoff.yaml'), 'utf8');
  writeFileSync(join(project.folder, 'signoff.yaml'), policy.replace('min: 0.8', 'min: 0.7'));
  assert.equal(codeOf(await release(project, 'eve')), 'not-committed');
  project.scratch.commit('A weaker policy');
  const no = await project.verify({ anchor: { roots } });
  assert.deepEqual(no.ok && no.value.reasons.map(({ code }) => code), ['policy-differs']);
  assert.equal(codeOf(await release(project, 'ben')), 'not-a-root');
  const second = await release(project, 'eve');
  assert.equal(second.ok && second.value.number, 2);
  const under = await project.verify({ anchor: { roots, minRelease: 2 } });
  assert.ok(under.ok && under.value.reasons.some(({ code }) => code === 'policy-changed'), 'nobody approved under it');
});

test('a release of two roots waits for the second, whose signature stock ssh-keygen accepts beside the first', async (context) => {
  const project = makeDemoProject(context);
  const roots = rootsOf(project, 'ana', 'ben', 'eve');
  const first = await release(project, 'ana', { roots });
  assert.match((first.ok && first.value.lacks) || '', /1 signature of 2/);
  const waiting = await project.verify({ anchor: { roots: rootsOf(project, 'ana') } });
  assert.ok(waiting.ok && waiting.value.reasons.some(({ code }) => code === 'release-not-signed'));
  const again = await release(project, 'ana', {}, { signer: nobody });
  assert.equal(again.ok && again.value.commit, undefined, 'ana has signed already');
  const second = await release(project, 'ben');
  assert.equal(second.ok && second.value.lacks, undefined);
  assert.deepEqual(signersOf(project), rootsOf(project, 'ana', 'ben').sort());

  const envelope = JSON.parse(project.scratch.git('show', `HEAD:${FIRST}`));
  const message = preAuthenticationEncoding(envelope.payloadType, Buffer.from(envelope.payload, 'base64'));
  for (const [index, name] of ['ana', 'ben'].entries()) {
    const signature = join(project.folder, '.git', `sig-${name}`);
    writeFileSync(signature, Buffer.from(envelope.signatures[index].sig, 'base64'));
    const args = ['-Y', 'verify', '-f', '.signoff/allowed_signers', '-I', `${name}@acme.example`];
    execFileSync('ssh-keygen', [...args, '-n', 'model-signoff', '-s', signature], {
      cwd: project.folder,
      input: message,
    });
  }
});

test('the roots are replaced by a release that old and new ones sign', async (context) => {
  const project = makeDemoProject(context);
  await release(project, 'ana', { roots: rootsOf(project, 'ana') });
  const handed = await release(project, 'ana', { roots: rootsOf(project, 'ben') });
  assert.match((handed.ok && handed.value.lacks) || '', /its own roots/);
  assert.equal(codeOf(await release(project, 'eve')), 'not-a-root');
  const taken = await release(project, 'ben');
  assert.equal(taken.ok && taken.value.lacks, undefined);
  const third = await release(project, 'ben', { revoke: rootsOf(project, 'ana'), threshold: 1 });
  assert.equal(third.ok && third.value.lacks, undefined);
  assert.equal(codeOf(await prepare(project, 'ana')), 'not-a-root');
});

const MISTAKES: readonly (readonly [what: string, changes: (project: DemoProject) => ReleaseChanges, code: string])[] =
  [
    ['a first release without roots', () => ({}), 'release-invalid'],
    ['a root that is no fingerprint', () => ({ roots: ['ana'] }), 'release-invalid'],
    ['a root twice', (project) => ({ roots: rootsOf(project, 'ana', 'ana') }), 'release-invalid'],
    ['more signatures than roots', (project) => ({ roots: rootsOf(project, 'ana'), threshold: 2 }), 'release-invalid'],
    [
      'a root that is revoked',
      (project) => ({ roots: rootsOf(project, 'ana'), revoke: rootsOf(project, 'ana') }),
      'release-invalid',
    ],
    ['revoking nonsense', (project) => ({ roots: rootsOf(project, 'ana'), revoke: ['ana'] }), 'release-invalid'],
    ['a day that is none', (project) => ({ roots: rootsOf(project, 'ana'), until: '2026-02-31' }), 'release-invalid'],
    ['a day in the past', (project) => ({ roots: rootsOf(project, 'ana'), until: '2026-02-01' }), 'release-invalid'],
    ['another’s root', (project) => ({ roots: rootsOf(project, 'ben') }), 'not-a-root'],
  ];

test('nobody signs a release that pipelines would refuse', async (context) => {
  const project = makeDemoProject(context);
  for (const [what, changes, code] of MISTAKES) {
    assert.equal(codeOf(await prepare(project, 'ana', changes(project))), code, what);
  }
});

test('a release that waits is signed as it is, or made anew', async (context) => {
  const project = makeDemoProject(context);
  const roots = rootsOf(project, 'ana', 'ben');
  await release(project, 'ana', { roots });
  assert.equal(codeOf(await release(project, 'ben', { threshold: 1 })), 'release-waiting');
  project.scratch.write('.signoff/allowed_signers', readFileSync(join(project.folder, '.signoff/allowed_signers')));
  project.scratch.write('signoff.yaml', `${readFileSync(join(project.folder, 'signoff.yaml'), 'utf8')}# a remark\n`);
  project.scratch.commit('Another policy');
  assert.equal(codeOf(await release(project, 'ben')), 'release-waiting');
  const anew = await release(project, 'ben', { roots, waiting: 'replace it' });
  assert.equal(anew.ok && anew.value.number, 1, JSON.stringify(anew));
  assert.deepEqual(signersOf(project), rootsOf(project, 'ben'));
});

for (const step of ['blobs-written', 'work-tree-written', 'index-updated', 'commit-created', 'branch-moved'] as const) {
  test(`interrupted after "${step}", a release is completed by repeating it, and nobody signs twice`, async (context) => {
    const project = makeDemoProject(context);
    const changes = { roots: rootsOf(project, 'ana', 'ben') };
    const stop = (at: CommitStep) => {
      if (at === step) throw new Error('stopped');
    };
    await assert.rejects(release(project, 'ana', changes, { afterStep: stop }), /stopped/);
    const signedAlready = step !== 'blobs-written';
    const options = step === 'branch-moved' ? {} : changes;
    const again = await release(project, 'ana', options, signedAlready ? { signer: nobody } : {});
    assert.equal(codeOf(again), 'ok', JSON.stringify(again));
    assert.deepEqual(signersOf(project), rootsOf(project, 'ana'));
    assert.equal(project.scratch.git('status', '--porcelain').trim(), '');
    assert.equal(project.scratch.git('rev-list', '--count', 'HEAD').trim(), '2');
  });
}

test('two roots who sign in the same moment both stay in the file, and neither signs twice', async (context) => {
  const project = makeDemoProject(context);
  await release(project, 'ana', { roots: rootsOf(project, 'ana', 'ben', 'eve'), threshold: 3 });
  const mine = await prepare(project, 'ben');
  assert.ok(mine.ok);
  const theirs = project.scratch.git('rev-parse', 'HEAD').trim();
  assert.equal(codeOf(await release(project, 'eve')), 'ok');
  const eves = project.scratch.git('rev-parse', 'HEAD').trim();
  // Ben's work tree is where it was before eve's commit, as in another clone that fetches at the wrong moment.
  project.scratch.git('reset', '--quiet', '--hard', theirs);
  const late = await completeRelease(mine.value, sshSigner(project.key('ben')), {
    afterStep: (step) => {
      if (step === 'index-updated') project.scratch.git('update-ref', 'refs/heads/main', eves);
    },
  });
  assert.equal(codeOf(late), 'changed-meanwhile');
  const again = await release(project, 'ben', {}, { signer: nobody });
  assert.equal(again.ok && again.value.lacks, undefined, JSON.stringify(again));
  assert.deepEqual(signersOf(project), rootsOf(project, 'ana', 'ben', 'eve').sort());
  assert.equal(project.scratch.git('status', '--porcelain').trim(), '');
});
