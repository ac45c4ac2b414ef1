import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sha256Hex } from '../../../src/base/hashing.ts';
import { sign } from '../../attacks/support/attack.ts';
import { type BuiltRepositories, buildRepositories } from '../../attacks/support/build-repositories.ts';
import { ana, ben, FILES, POLICY, type Signed } from '../approval/support/sign-off-case.ts';
import { signoff } from './signoff-process.ts';

const WORDS = ['verify', '--environment', 'production', '--model-path', 'model', '--trusted-ref', 'protected'];
const DAY_MS = 86_400_000;

let built: BuiltRepositories;
let approvals: readonly Signed[];
let folder: string;

before(() => {
  const instant = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
  const dates = { issued: instant(Date.now() - DAY_MS), expires: instant(Date.now() + DAY_MS) };
  approvals = [ana, ben].map((by) => sign({ by, predicate: dates }));
  built = buildRepositories([{ approvals }]);
  folder = built.folders[0] ?? '';
});
after(() => built.remove());

test('every format answers with the same exit code', () => {
  const beginnings = {
    text: /^✓ Approved for production\./,
    json: /^\{\n {2}"schema": "urn:model-signoff:verdict:v1",\n {2}"approved": true/,
    markdown: /^## ✓ Approved for production\n/,
    junit: /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites tests="5" failures="0" errors="0">/,
    sarif: /^\{\n {2}"\$schema": "https:\/\/docs\.oasis-open\.org\/sarif\//,
  };
  for (const [format, beginning] of Object.entries(beginnings)) {
    const { code, stdout, stderr } = signoff(folder, ...WORDS, '--format', format);
    assert.equal(code, 0, stderr);
    assert.match(stdout, beginning);
  }
});

test('nothing is written through a symlink of the repository, which could lead into the model', () => {
  symlinkSync('model/model.pkl', join(folder, 'planted.json'));
  symlinkSync('model', join(folder, 'reports'));
  symlinkSync('model/added.json', join(folder, 'to-nothing.json'));
  symlinkSync('vendor', join(folder, 'to-a-submodule'));
  mkdirSync(join(folder, 'vendor/.git'), { recursive: true });
  try {
    for (const output of ['planted.json', 'reports/verdict.txt', 'to-nothing.json', 'to-a-submodule/added.json']) {
      const { code, stderr } = signoff(folder, ...WORDS, '--emit-vsa', output);
      assert.equal(code, 2);
      assert.match(stderr, /is a symbolic link in the repository/);
    }
    assert.equal(readFileSync(join(folder, 'model/model.pkl'), 'utf8'), 'weights');
    for (const added of ['model/verdict.txt', 'model/added.json', 'vendor/added.json'])
      assert.ok(!existsSync(join(folder, added)), added);
  } finally {
    for (const link of ['planted.json', 'reports', 'to-nothing.json', 'to-a-submodule', 'vendor'])
      rmSync(join(folder, link), { recursive: true });
  }
});

test('an approved model gets a verification summary that names its files, the policy and what people signed', () => {
  const { code, stderr } = signoff(folder, ...WORDS, '--emit-vsa', 'summary.json');
  assert.equal(code, 0, stderr);
  const statement = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'));
  assert.equal(statement._type, 'https://in-toto.io/Statement/v1');
  assert.equal(statement.predicateType, 'https://slsa.dev/verification_summary/v1');
  assert.deepEqual(
    statement.subject,
    FILES.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
  );
  const { timeVerified, verifier, inputAttestations, ...predicate } = statement.predicate;
  assert.match(timeVerified, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.deepEqual(verifier, { id: 'urn:model-signoff:verify:v1', version: { 'model-signoff': '0.1.0' } });
  assert.deepEqual(predicate, {
    resourceUri: 'urn:model-signoff:model:credit-risk/default-classifier/production',
    policy: { uri: 'signoff.yaml', digest: { sha256: sha256Hex(POLICY) } },
    verificationResult: 'PASSED',
    verifiedLevels: ['MODEL_SIGNOFF_APPROVED'],
    slsaVersion: '1.2',
  });
  assert.deepEqual(
    new Map(
      inputAttestations.map(({ uri, digest }: { uri: string; digest: { sha256: string } }) => [uri, digest.sha256]),
    ),
    new Map(approvals.map(({ path, id }) => [path, id])),
  );
});

test('an approved run that can not be evaluated again here is no yes and no no', () => {
  const { code, stdout, stderr } = signoff(folder, ...WORDS, '--recheck');
  assert.equal(code, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /^The run can't be evaluated again here: /);
});

test('a refused model gets none', () => {
  writeFileSync(join(folder, 'model', 'extra.py'), 'import os');
  const { code } = signoff(folder, ...WORDS, '--emit-vsa', 'refused.json');
  assert.equal(code, 1);
  assert.equal(existsSync(join(folder, 'refused.json')), false);
});
