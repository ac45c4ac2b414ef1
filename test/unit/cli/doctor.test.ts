import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createSampleWorkspace, type SampleWorkspace } from '../../../scripts/lib/sample-workspace.ts';
import { git, signoff } from './signoff-process.ts';

let sample: SampleWorkspace;
before(() => {
  sample = createSampleWorkspace();
});
after(() => sample.remove());

test('where everything is set up, nothing fails, and the key is tried when asked', () => {
  const { code, stdout } = signoff(sample.folder, 'doctor', '--try-key', '--trusted-ref', 'refs/heads/main');
  assert.equal(code, 0, stdout);
  assert.match(stdout, /ok +signing key .*ana@acme\.example, data-science/);
  assert.match(stdout, /ok +trial +The key signs\./);
  assert.match(stdout, /ok +anchor +refs\/heads\/main has the same policy and signers as HEAD\./);
  assert.doesNotMatch(stdout, /fail/);
});

test('a shallow clone is warned of, where the policy keeps authors apart', () => {
  const { folder } = sample;
  const whole = signoff(folder, 'doctor', '--trusted-ref', 'refs/heads/main').stdout;
  assert.match(whole, /ok +history for production +It tells from whom approvers are to be separate \(author\)\./);
  assert.doesNotMatch(whole, /history for staging/);
  const shallow = join(folder, '.git/shallow');
  writeFileSync(shallow, git(folder, 'rev-parse', 'HEAD'));
  try {
    const { code, stdout } = signoff(folder, 'doctor', '--trusted-ref', 'refs/heads/main');
    assert.equal(code, 0, stdout);
    assert.match(
      stdout,
      /warn +history for production +.*\(author\), so verify may refuse\. Run: git fetch --unshallow/,
    );
  } finally {
    rmSync(shallow);
  }
});

test('a workflow that verifies in a checkout without history is warned of, and no other', () => {
  const { folder } = sample;
  const workflows = join(folder, '.github/workflows');
  mkdirSync(workflows, { recursive: true });
  const workflow = (name: string, checkout: string, script: string): void =>
    writeFileSync(
      join(workflows, name),
      `jobs:\n  deploy:\n    steps:\n      - uses: actions/checkout@v4\n${checkout}      - run: |\n          ${script}\n`,
    );
  const depth = (text: string): string => `        with: { fetch-depth: ${text} }\n`;
  workflow('usual.yml', '', 'npx signoff verify --run 1');
  workflow('shallow.yaml', depth("'5'"), 'node signoff-verify.cjs --run 1');
  workflow('whole.yml', depth('0'), 'npx signoff verify --run 1');
  workflow('asked.yml', depth(`'\${{ inputs.depth }}'`), 'npx signoff verify --run 1');
  workflow('fetches.yml', '', 'git fetch --unshallow && npx signoff verify --run 1');
  workflow('other.yml', '', 'npm test');
  workflow('broken.yml', ' :', 'npx signoff verify');
  try {
    const { stdout } = signoff(folder, 'doctor', '--trusted-ref', 'refs/heads/main');
    const lines = stdout.split('\n').filter((line) => line.includes('.github/workflows'));
    assert.equal(lines.length, 2, lines.join('\n'));
    assert.match(
      lines[0] ?? '',
      /warn +\.github\/workflows\/shallow\.yaml +.*"deploy".*fetch-depth: 5.*fetch-depth: 0/,
    );
    assert.match(lines[1] ?? '', /warn +\.github\/workflows\/usual\.yml +.*fetch-depth: 1/);
  } finally {
    rmSync(join(folder, '.github'), { recursive: true });
  }
});

test('what is wrong has its line, and what to do', () => {
  const { folder } = sample;
  appendFileSync(join(folder, '.signoff/allowed_signers'), '* ssh-ed25519 AAAA\n');
  appendFileSync(join(folder, '.git/info/attributes'), '*.json text filter=lfs\n');
  git(folder, 'config', 'user.signingkey', '/nowhere/id_ed25519');
  git(folder, 'switch', '--quiet', '--detach');
  const { code, stdout } = signoff(folder, 'doctor', '--trusted-ref', 'origin/main');
  assert.equal(code, 1, stdout);
  for (const line of [
    /fail +branch +HEAD is detached.*git switch/,
    /fail +\.gitattributes +.*text, filter/,
    /fail +signers +\.signoff\/allowed_signers:\d+:1: .*name one person/,
    /warn +\.signoff\/allowed_signers +It has changes that are not committed/,
    /(fail|warn) +signing key +There is no readable key at \/nowhere\/id_ed25519/,
    /fail +anchor +.*Run: git fetch origin \+refs\/heads\/main:refs\/remotes\/origin\/main/,
  ]) {
    assert.match(stdout, line);
  }
});

test('outside of a repository there is nothing to look at', () => {
  const nowhere = realpathSync(mkdtempSync(join(tmpdir(), 'signoff-nowhere-')));
  try {
    writeFileSync(join(nowhere, 'signoff.yaml'), 'version: 1\n');
    assert.equal(signoff(nowhere, 'doctor').code, 2);
  } finally {
    rmSync(nowhere, { recursive: true });
  }
});
