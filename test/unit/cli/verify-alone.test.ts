import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { inRepository } from '../../../scripts/lib/repository.mjs';
import { sha256Hex } from '../../../src/base/hashing.ts';
import { sign } from '../../attacks/support/attack.ts';
import { type BuiltRepositories, buildRepositories } from '../../attacks/support/build-repositories.ts';
import { ana, ben } from '../approval/support/sign-off-case.ts';
import { type Answer, git, onlyFile } from './signoff-process.ts';

const VERIFIER = inRepository('dist', 'signoff-verify.cjs');
const WHOLE = inRepository('dist', 'cli', 'signoff.cjs');
const QUESTION = ['--environment', 'production', '--model-path', 'model'];
const ANCHOR = ['--trusted-ref', 'refs/remotes/origin/protected'];
const DAY_MS = 86_400_000;

let built: BuiltRepositories;
let scratch: string;
let clones = 0;

before(() => {
  const instant = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
  const dates = { issued: instant(Date.now() - DAY_MS), expires: instant(Date.now() + DAY_MS) };
  const signedBy = (predicate: Readonly<Record<string, unknown>>) => ({
    approvals: [ana, ben].map((by) => sign({ by, predicate: { ...dates, ...predicate } })),
  });
  built = buildRepositories([signedBy({}), signedBy({ trained_by: ['carl\u001b[2J', 'ana'] })]);
  scratch = mkdtempSync(join(tmpdir(), 'signoff-alone-'));
});
after(() => {
  built.remove();
  rmSync(scratch, { recursive: true, force: true });
});

/** What a pipeline checks out. */
function freshClone(of = built.folders[0]): string {
  clones += 1;
  const folder = join(scratch, `clone-${clones}`);
  git(scratch, 'clone', '--quiet', of ?? '', folder);
  git(folder, 'config', 'user.name', 'Mallory');
  git(folder, 'config', 'user.email', 'mallory@evil.example');
  return folder;
}

function verifyAlone(folder: string, words: readonly string[], nodeOptions: readonly string[] = []): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeOptions, VERIFIER, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: '/nonexistent' },
  });
  return { code: status, stdout, stderr };
}

function codesOf({ stdout }: Answer): string[] {
  return JSON.parse(stdout).reasons.map(({ code }: { readonly code: string }) => code);
}

/** The model's author in these repositories is Dan, who is in no role and no alias. */
function unknown(who: string): string {
  return `warning: The policy does not say who ${who} are (signoff.aliases), so nobody is kept apart from those names.\n`;
}

test('one file, beside nothing else, approves a fresh clone of a signed repository', () => {
  const alone = join(scratch, 'pinned.cjs');
  cpSync(VERIFIER, alone);
  const folder = freshClone();
  const { status, stdout, stderr } = spawnSync(process.execPath, [alone, 'verify', ...QUESTION, ...ANCHOR], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /^✓ Approved for production\./);
  assert.equal(stderr, unknown('"Dan", "dan@acme.example"'));
});

test('an approval that could not be written is none', { skip: process.platform !== 'linux' }, () => {
  const fullDisk = openSync('/dev/full', 'w');
  try {
    const { status } = spawnSync(process.execPath, [VERIFIER, ...QUESTION, ...ANCHOR], {
      cwd: freshClone(),
      stdio: ['ignore', fullDisk, 'pipe'],
    });
    assert.equal(status, 2);
  } finally {
    closeSync(fullDisk);
  }
});

test('a trainer whom the policy knows by no name is warned about, and decides nothing', () => {
  const { code, stderr } = verifyAlone(freshClone(built.folders[1]), [...QUESTION, ...ANCHOR]);
  assert.deepEqual([code, stderr], [0, unknown('"Dan", "dan@acme.example", "carl\\u{1b}[2J", "ana"')]);
});

const FLIPS: readonly (readonly [what: string, file: RegExp, from: string, to: string, code: string])[] = [
  ['the model', /model\/model\.pkl$/, 'weights', 'weightS', 'no-approval'],
  ['the policy', /signoff\.yaml$/, '0.8', '0.7', 'policy-differs'],
  ['an approval', /production\.risk\..*json$/, '"payload":"eyJ', '"payload":"eyL', 'signature-invalid'],
  ['the assessment', /assessments\/.*json$/, '"pass"', '"fail"', 'assessment-changed'],
];

for (const [what, file, from, to, code] of FLIPS) {
  test(`one byte of ${what} changed and committed: refused, and why`, () => {
    const folder = freshClone();
    const path = onlyFile(folder, file);
    const text = readFileSync(path, 'utf8');
    assert.ok(text.includes(from), `${path} has ${from}`);
    writeFileSync(path, text.replace(from, to));
    git(folder, 'commit', '--quiet', '--all', '--message=Attack');
    const answer = verifyAlone(folder, [...QUESTION, ...ANCHOR, '--format', 'json']);
    assert.equal(answer.code, 1, answer.stderr);
    assert.ok(codesOf(answer).includes(code), answer.stdout);
  });
}

test('to evaluate again takes the whole package, and one sentence says so', () => {
  const { code, stdout, stderr } = verifyAlone(freshClone(), [...QUESTION, ...ANCHOR, '--recheck']);
  assert.equal(code, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /--recheck install the whole package, model-signoff\.\n$/);
});

test('the whole package answers with the same file, but for what the file can’t do', () => {
  const folder = freshClone();
  const question = ['verify', ...QUESTION, ...ANCHOR, '--format', 'json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [WHOLE, ...question], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.deepEqual({ code: status, stdout, stderr }, verifyAlone(folder, question));
  const again = spawnSync(process.execPath, [WHOLE, ...question, '--recheck'], { cwd: folder, encoding: 'utf8' });
  assert.equal(again.status, 2);
  assert.doesNotMatch(again.stderr, /install the whole package/);
});

test('a run is looked for where the policy says, by the part that is compiled when a run is named', () => {
  const folder = freshClone();
  const question = ['--environment', 'production', '--run', 'run-1', ...ANCHOR];
  const nowhere = verifyAlone(folder, question);
  assert.deepEqual(nowhere, {
    ...{ code: 2, stdout: '' },
    stderr: 'The runs’ store “mlruns” does not exist in the policy’s folder.\n',
  });
  mkdirSync(join(folder, 'mlruns'));
  new DatabaseSync(join(folder, 'mlruns', 'mlflow.db')).exec('CREATE TABLE notes (text TEXT)');
  const { code, stderr } = verifyAlone(folder, question);
  assert.equal(code, 2);
  assert.equal(stderr, '“mlruns/mlflow.db” is a database, but not one that MLflow made.\n');
});

test('a Node that is too old is told so, in one sentence', () => {
  const pretend = join(scratch, 'pretend-old.cjs');
  writeFileSync(
    pretend,
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.12.9' } });",
  );
  const { code, stdout, stderr } = verifyAlone(scratch, [], ['--require', pretend]);
  assert.deepEqual(
    [code, stdout, stderr],
    [2, '', 'signoff-verify needs Node 22.13 or newer and this is Node 22.12.9.\n'],
  );
});

test('it holds nothing native, and asks for nothing that Node does not bring', () => {
  const text = readFileSync(VERIFIER, 'utf8');
  const program = decodeURIComponent(/data:text\/javascript,([^"\\]+)/.exec(text)?.[1] ?? '');
  const asked = [
    ...text.matchAll(/\b(?:require|import)\("([^"]+)"\)/g),
    ...program.matchAll(/\b(?:from|import)"([^"]+)"/g),
  ].map(([, name]) => name ?? '');
  assert.match(program, /from"node:worker_threads"/);
  assert.deepEqual(
    asked.filter((name) => !name.startsWith('node:')),
    [],
  );
});

test('large files are hashed by threads, whose program is in the same file', () => {
  const folder = freshClone();
  for (const name of ['a.bin', 'b.bin']) {
    writeFileSync(join(folder, 'model', name), '');
    truncateSync(join(folder, 'model', name), 140 * 1024 * 1024);
  }
  const answer = verifyAlone(folder, [...QUESTION, ...ANCHOR, '--format', 'json']);
  assert.equal(answer.code, 1, answer.stderr);
  assert.ok(codesOf(answer).includes('no-approval'));
});

test('the same source gives the same bytes wherever it lies, and the digest to pin is written beside', () => {
  const elsewhere = join(scratch, 'elsewhere');
  for (const name of ['src', 'scripts', 'package.json', 'tsconfig.json', 'tsconfig.base.json'])
    cpSync(inRepository(name), join(elsewhere, name), { recursive: true });
  symlinkSync(inRepository('node_modules'), join(elsewhere, 'node_modules'));
  const build = `import { buildVerifier } from './scripts/build.mjs'; await buildVerifier();`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', build], {
    cwd: elsewhere,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  // Digests: drawing the difference of two such files takes more memory than machines have.
  const digest = sha256Hex(readFileSync(VERIFIER));
  assert.equal(sha256Hex(readFileSync(join(elsewhere, 'dist', 'signoff-verify.cjs'))), digest);
  assert.equal(readFileSync(`${VERIFIER}.sha256`, 'utf8'), `${digest}  signoff-verify.cjs\n`);
});
