import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createSampleWorkspace, type SampleWorkspace } from '../../../scripts/lib/sample-workspace.ts';
import { git, signoff } from './signoff-process.ts';

let sample: SampleWorkspace;
before(() => {
  sample = createSampleWorkspace();
});
after(() => sample.remove());

const keyOf = (person: string): string => sample.keys[`${person}@acme.example`] ?? '';

function fingerprintOf(person: string): string {
  return execFileSync('ssh-keygen', ['-lf', `${keyOf(person)}.pub`], { encoding: 'utf8' }).split(' ')[1] ?? '';
}

test('two roots release, two people approve, and verify trusts the roots; each wrong question has its exit code', () => {
  const { folder } = sample;
  const release = (...words: string[]) => signoff(folder, 'release', ...words);
  assert.equal(release().code, 2, 'the first release has to name its roots');
  const roots = ['--root', fingerprintOf('ana'), '--root', `${keyOf('ben')}.pub`];
  const dry = release(...roots, '--dry-run');
  assert.equal(dry.code, 0, dry.stderr);
  assert.match(dry.stdout, /Root key +SHA256:\S+ \(ana@acme\.example\)/);
  const first = release(...roots, '--threshold', '2');
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stderr, /not in force yet: it has 1 signature of 2 by its own roots/);
  assert.equal(release('--key', keyOf('eve')).code, 1, 'eve is no root');
  const second = release('--key', keyOf('ben'));
  assert.equal(second.code, 0, second.stderr);
  assert.match(second.stderr, /--min-release 1/);
  const shown = signoff(folder, 'show', '.signoff/releases/1.json');
  assert.equal(shown.code, 0, shown.stderr);
  assert.equal(shown.stdout.match(/Signed by/g)?.length, 2);

  const run = JSON.parse(signoff(folder, 'check', '--format', 'json').stdout).run.id;
  writeFileSync(join(folder, 'dpia.txt'), 'assessed');
  const production = ['--environment', 'production'];
  assert.equal(signoff(folder, 'approve', ...production, '--attest', 'monitoring').code, 0);
  const bens = ['--key', keyOf('ben'), '--attest', 'dpia=dpia.txt'];
  assert.equal(signoff(folder, 'approve', ...production, ...bens).code, 0);
  const verify = (...words: string[]) => signoff(folder, 'verify', '--run', run, ...production, ...words);
  const trusted = ['--root', fingerprintOf('ana'), '--root', fingerprintOf('ben')];
  const yes = verify(...trusted, '--min-release', '1', '--project', 'credit-risk');
  assert.equal(yes.code, 0, yes.stdout);
  assert.equal(verify(...trusted, '--min-release', '2').code, 1);
  assert.equal(verify('--root', fingerprintOf('eve')).code, 1);
  assert.equal(verify(...trusted, '--project', 'marketing').code, 1);
  assert.equal(verify('--root', 'ana').code, 2);
  assert.equal(verify(...trusted, '--min-release', '0').code, 2);
  assert.equal(verify(...trusted, '--trusted-ref', 'main').code, 2);
  assert.equal(verify('--trusted-ref', 'main', '--min-release', '1').code, 2);
});

test('where git signs with OpenPGP, nothing is chosen: the keys that could be named are', () => {
  const { folder } = sample;
  git(folder, 'config', 'gpg.format', 'openpgp');
  const { code, stderr } = signoff(folder, 'release');
  assert.equal(code, 2);
  assert.match(stderr, /Git signs with OpenPGP or X\.509 here, and/);
  assert.match(stderr, /ssh-keygen -t ed25519|--key/);
});
