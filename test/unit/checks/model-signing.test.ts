import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readSigningBundle } from '../../../src/evidence/model-signing/bundle.ts';
import { damaged, fixture } from '../evidence/support/fixtures.ts';
import { outcomeWith } from './support/evidence-case.ts';

const VECTORS = join(import.meta.dirname, '../../../../shared/corpora/oms/test-vectors/v1.0');

const MODEL = {
  'weights.bin': fixture('model-signing/model/weights.bin'),
  'parts/tokens.txt': fixture('model-signing/model/parts/tokens.txt'),
  empty: fixture('model-signing/model/empty'),
};

interface Signed {
  readonly key?: string | undefined;
  readonly model?: Readonly<Record<string, Uint8Array | string>>;
  readonly unsigned?: string[];
  readonly bytes?: Uint8Array;
}

/** The outcome for a bundle of the real tool’s, on the model that it was made of unless another is given. */
async function judged(bundle: string, { key = 'p256', model = MODEL, unsigned, bytes }: Signed = {}) {
  return outcomeWith(
    {
      check: 'report',
      path: 'run:model.sig',
      format: 'model-signing',
      key: 'keys/model.pub',
      ...(unsigned && { unsigned }),
    },
    {
      artifacts: { 'model.sig': bytes ?? fixture(`model-signing/${bundle}`) },
      files: { 'keys/model.pub': fixture(`model-signing/${key}.pub`) },
      model,
    },
  );
}

for (const [curve, name] of [
  ['p256', 'P-256'],
  ['p384', 'P-384'],
  ['p521', 'P-521'],
] as const) {
  test(`a signature by a key on ${name} holds for its key and for no other`, async () => {
    const right = await judged(`${curve}.sig`, { key: curve });
    assert.equal(right.status, 'pass', right.message);
    assert.match(right.message, new RegExp(`\\(${name}\\), and all 3 files of the model are as signed\\.`));
    assert.equal(right.formula, 'report/model-signing');
    assert.equal(right.evidence.length, 2);
    const wrong = await judged(`${curve}.sig`, { key: curve === 'p256' ? 'p384' : 'p256' });
    assert.equal(wrong.status, 'fail');
    assert.match(wrong.message, /was not made with the key “keys\/model\.pub”/);
  });
}

test('BLAKE2b is computed, and BLAKE3 is refused by name', async () => {
  assert.equal((await judged('blake2.sig')).status, 'pass');
  const blake3 = await judged('blake3.sig');
  assert.equal(blake3.status, 'not_evaluable');
  assert.match(blake3.message, /BLAKE3/);
});

/** What may be wrong with the model, and what is then said. */
const OTHER_MODELS: readonly (readonly [string, Readonly<Record<string, Uint8Array | string>>, RegExp])[] = [
  ['a changed file', { ...MODEL, 'parts/tokens.txt': 'one two four\n' }, /“parts\/tokens\.txt” is not as signed/],
  ['a file more', { ...MODEL, 'more.py': 'import os' }, /“more\.py” is not signed/],
  ['an empty file more', { ...MODEL, 'more.py': '' }, /“more\.py” is not signed/],
  ['files swapped', { ...MODEL, 'weights.bin': MODEL.empty, empty: MODEL['weights.bin'] }, /are not as signed/],
  ['a name in other case', { 'Weights.bin': MODEL['weights.bin'] }, /missing and “Weights\.bin” is not signed/],
  ['.git below the top', { ...MODEL, 'parts/.git': 'x' }, /“parts\/\.git” is not signed/],
];

for (const [name, model, complaint] of OTHER_MODELS) {
  test(`a valid signature fails on a model with ${name}`, async () => {
    const outcome = await judged('p256.sig', { model });
    assert.equal(outcome.status, 'fail', outcome.message);
    assert.match(outcome.message, complaint);
  });
}

test('what the signer left out fails, unless the policy names it', async () => {
  const believed = await judged('parts-left-out.sig');
  assert.equal(believed.status, 'fail');
  assert.match(believed.message, /“parts\/tokens\.txt” is not signed/);
  const allowed = await judged('parts-left-out.sig', { unsigned: ['parts'] });
  assert.equal(allowed.status, 'pass');
  assert.match(allowed.message, /not signed, and allowed so: “parts\/tokens\.txt”/);
});

test('pieces of files are hashed one by one, and an empty file, which has none, is not covered', async () => {
  const { empty: _, ...others } = MODEL;
  assert.equal((await judged('shards.sig', { model: others })).status, 'pass');
  const withEmpty = await judged('shards.sig');
  assert.equal(withEmpty.status, 'fail');
  assert.match(withEmpty.message, /“empty” is not signed/);
  assert.equal((await judged('shards.sig', { unsigned: ['empty'] })).status, 'pass');
  const longer = { ...others, 'weights.bin': Buffer.concat([MODEL['weights.bin'], Buffer.alloc(1)]) };
  assert.match((await judged('shards.sig', { model: longer })).message, /“weights\.bin” is not as signed/);
  const shorter = { ...others, 'weights.bin': MODEL['weights.bin'].subarray(0, 2000) };
  assert.equal((await judged('shards.sig', { model: shorter })).status, 'fail');
});

test('the only file of a model is signed without its name', async () => {
  assert.equal((await judged('lone-file.sig', { model: { 'weights.bin': MODEL['weights.bin'] } })).status, 'pass');
  assert.equal((await judged('lone-file.sig')).status, 'fail');
});

test('without a key, with one from the run, or with one of another kind, nothing passes', async () => {
  const bundle = {
    artifacts: { 'model.sig': fixture('model-signing/p256.sig'), 'a.pub': fixture('model-signing/p256.pub') },
  };
  const check = { check: 'report', path: 'run:model.sig', format: 'model-signing' } as const;
  const without = await outcomeWith(check, { ...bundle, model: MODEL });
  assert.equal(without.status, 'not_evaluable');
  assert.match(
    without.message,
    /says that “empty”, “parts\/tokens\.txt” and “weights\.bin” were signed, which is no evidence/,
  );
  assert.equal(
    (await outcomeWith({ ...check, key: 'run:a.pub' }, { ...bundle, model: MODEL })).status,
    'not_evaluable',
  );
  const edwards = await judged('p256.sig', { key: 'ed25519' });
  assert.equal(edwards.status, 'not_evaluable');
  assert.match(edwards.message, /of a kind \(ed25519\)/);
});

test('no bundle with a bit changed passes, unless what is signed and the signature stayed', async () => {
  const whole = fixture('model-signing/p256.sig');
  const read = readSigningBundle(whole);
  assert.ok(read.ok);
  for (const { bytes, how } of damaged(whole, 60)) {
    const outcome = await judged('p256.sig', { bytes });
    if (outcome.status !== 'pass') continue;
    const again = readSigningBundle(bytes);
    assert.ok(again.ok && Buffer.from(again.value.payload).equals(read.value.payload), how);
  }
});

test('the specification’s own vectors: all valid bundles are read, no invalid one is', (context) => {
  if (!existsSync(VECTORS)) return context.skip('the corpus ../shared/corpora/oms is not here');
  const reads = (path: string) => readSigningBundle(readFileSync(join(VECTORS, path)));
  for (const name of ['certificate', 'key', 'sigstore']) {
    const bundle = reads(`valid/${name}.bundle.json`);
    assert.ok(bundle.ok, bundle.ok ? '' : bundle.problem.message);
    assert.deepEqual([...bundle.value.manifest.digests.keys()], ['signme-1', 'signme-2']);
  }
  const invalid = ['empty', 'missing-envelope', 'missing-tlog-entries', 'missing-verification-material'];
  for (const name of invalid) assert.equal(reads(`invalid/${name}.bundle.json`).ok, false, name);
  assert.equal(reads('invalid-payload/wrong-predicate.bundle.json').ok, false);
});
