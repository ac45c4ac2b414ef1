import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { createSampleWorkspace, type SampleWorkspace } from '../../../scripts/lib/sample-workspace.ts';
import { signoff } from './signoff-process.ts';

let sample: SampleWorkspace;

beforeEach(() => {
  sample = createSampleWorkspace();
});
afterEach(() => sample.remove());

const policyFile = (): string => join(sample.folder, 'signoff.yaml');

function changePolicy(from: string, to: string): void {
  const text = readFileSync(policyFile(), 'utf8');
  assert.ok(text.includes(from), from);
  writeFileSync(policyFile(), text.replace(from, to));
}

/** Points the holdout at a CSV of our own, beside the policy. */
function useTable(csv: string): void {
  writeFileSync(join(sample.folder, 'table.csv'), csv);
  changePolicy('path: run:eval/predictions.parquet', 'path: table.csv');
}

function outcomeOfAuc(): { status: string; message: string; value: number | null } {
  const { code, stdout } = signoff(sample.folder, 'check', '--format', 'json');
  assert.equal(code, 1);
  return JSON.parse(stdout).outcomes.find(({ id }: { id: string }) => id === 'auc');
}

test('a broken policy gives the place and the remedy, and exit 2', () => {
  changePolicy('min_rows: 1000', 'min_row: 1000');
  const { code, stdout, stderr } = signoff(sample.folder, 'check');
  assert.equal(code, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /^signoff\.yaml:\d+:\d+: .*min_row.*did you mean "min_rows"/m);
});

test('a missing table is not evaluable and named', () => {
  changePolicy('path: run:eval/predictions.parquet', 'path: run:eval/none.parquet');
  const { status, message } = outcomeOfAuc();
  assert.equal(status, 'not_evaluable');
  assert.match(message, /run:eval\/none\.parquet/);
});

const HEADER = 'client_id,defaulted,p_default,predicted,sex,age\n';

const TABLES = [
  { what: 'a score that is NaN', csv: `${HEADER}1,0,nan,0,male,30\n2,1,0.5,1,female,30\n`, says: /p_default/ },
  { what: 'a missing score', csv: `${HEADER}1,0,,0,male,30\n2,1,0.5,1,female,30\n`, says: /p_default/ },
  { what: 'an empty table', csv: HEADER, says: /no rows|0 rows|empty/ },
  { what: 'a missing column', csv: 'client_id,defaulted\n1,0\n', says: /p_default/ },
  { what: 'a third label', csv: `${HEADER}1,0,0.1,0,male,3\n2,1,0.5,1,male,3\n3,2,0.5,1,male,3\n`, says: /defaulted/ },
  { what: 'one class only', csv: `${HEADER}1,0,0.1,0,male,3\n2,0,0.5,1,male,3\n`, says: /./ },
] as const;

for (const { what, csv, says } of TABLES) {
  test(`${what} is not evaluable, never a pass`, () => {
    useTable(csv);
    const { status, message, value } = outcomeOfAuc();
    assert.equal(status, 'not_evaluable');
    assert.equal(value, null);
    assert.match(message, says);
  });
}

test('no run store gives one sentence and exit 2', () => {
  rmSync(join(sample.folder, 'mlflow.db'));
  const { code, stderr } = signoff(sample.folder, 'check');
  assert.equal(code, 2);
  assert.match(stderr, /mlflow\.db/);
});

test('an unknown run, command or option gives one sentence and exit 2', () => {
  const unknown = [
    ['check', '--run', 'none'],
    ['chekc'],
    ['check', '--fromat', 'json'],
    ['check', '--format', 'pdf'],
    [],
  ];
  for (const words of unknown) {
    const { code, stdout, stderr } = signoff(sample.folder, ...words);
    assert.equal(code, 2, words.join(' '));
    assert.ok((stderr || stdout).trim().length > 0);
  }
});

test('init never overwrites', () => {
  const before = readFileSync(policyFile());
  const { code, stderr } = signoff(sample.folder, 'init');
  assert.equal(code, 2);
  assert.match(stderr, /never overwrites/);
  assert.deepEqual(readFileSync(policyFile()), before);
});

test('init proposes a policy that check can evaluate, and lists the own key', () => {
  rmSync(policyFile());
  rmSync(join(sample.folder, '.signoff'), { recursive: true });
  const init = signoff(sample.folder, 'init');
  assert.equal(init.code, 0, init.stderr);
  assert.match(
    readFileSync(join(sample.folder, '.signoff', 'allowed_signers'), 'utf8'),
    /^ana@acme\.example namespaces="model-signoff" ssh-ed25519 /,
  );
  const { code, stdout } = signoff(sample.folder, 'check', '--format', 'json');
  assert.equal(code, 1, 'the attestation is pending');
  const statuses = new Set(JSON.parse(stdout).outcomes.map(({ status }: { status: string }) => status));
  assert.deepEqual(statuses, new Set(['pass', 'pending']));
});

test('every command has help on standard output and exit 0', () => {
  for (const command of ['init', 'check', 'approve', 'reject', 'verify', 'show']) {
    const { code, stdout } = signoff(sample.folder, command, '--help');
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`^Usage: signoff ${command}`));
  }
});

test('an option without a value is not taken for the folder that the command runs in', () => {
  const { code, stderr } = signoff(sample.folder, 'verify', '--environment', 'production', '--model-path', '');
  assert.deepEqual([code, stderr], [2, '--model-path is empty; give it a value, or leave it out.\n']);
});
