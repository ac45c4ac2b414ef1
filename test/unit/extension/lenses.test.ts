import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { KeyOwner, SignedReply } from '../../../src/extension/engine/read-signed.ts';
import type { RunLine } from '../../../src/extension/engine/run-line.ts';
import { policyLenses } from '../../../src/extension/lenses/policy-lenses.ts';
import { runLenses } from '../../../src/extension/lenses/run-lenses.ts';
import { runOfFile } from '../../../src/extension/lenses/run-of-file.ts';
import { statementLenses } from '../../../src/extension/lenses/statement-lenses.ts';
import { verdictLenses } from '../../../src/extension/lenses/verdict-lenses.ts';
import type { Snapshot } from '../../../src/extension/state/snapshot.ts';
import { checked, environment, outcome } from './samples.ts';

const FOLDER = '/home/ana/credit';

function run(id: string, changes: Partial<RunLine> = {}): RunLine {
  const usual = { id, name: `name-of-${id}`, experiment: 'credit', status: 'finished', user: 'ana' } as const;
  return { ...usual, startTime: 0, endTime: 1, ...changes };
}

const words = (lenses: readonly { readonly words: string }[]): readonly string[] => lenses.map((lens) => lens.words);

describe('the run of a file', () => {
  const { assessed } = checked([outcome({ evidence: [{ path: 'data/holdout.csv', sha256: 'f'.repeat(64) }] })]);
  const known = (source: NonNullable<Snapshot['source']>['kind'], runs: readonly RunLine[]) => ({
    policyFile: `${FOLDER}/signoff.yaml`,
    policy: undefined,
    source: { kind: source, location: 'x' },
    runs,
    assessed,
  });
  const found = (path: string, where: ReturnType<typeof known>, head = '') => {
    const file = runOfFile({ path: `${FOLDER}/${path}`, head }, where);
    return file && `${file.kind} ${file.run.id}`;
  };

  test('is told by its id in an MLflow path', () => {
    const store = known('mlflow-files', [run('aaa'), run('run-1')]);
    assert.equal(found('mlruns/0/aaa/meta.yaml', store), 'run aaa');
    assert.equal(found('mlruns/0/aaa/metrics/val_loss', store), 'metrics aaa');
    assert.equal(found('mlruns/0/aaa/artifacts/eval/predictions.csv', store), 'table aaa');
    assert.equal(found('mlruns/0/aaa/artifacts/metrics.json', store), 'metrics aaa');
    assert.equal(found('mlruns/0/aaa/params/depth', store), undefined);
    assert.equal(found('mlruns/0/meta.yaml', store), undefined, 'of an experiment');
    assert.equal(found('mlruns/0/bbb/meta.yaml', store), undefined, 'of a run that was deleted');
  });

  test('of a model that lies apart is the one that it names', () => {
    const store = known('mlflow-sqlite', [run('aaa')]);
    const head = 'artifact_path: model\nrun_id: aaa\n';
    assert.equal(found('mlruns/1/models/m-1/artifacts/MLmodel', store, head), 'model aaa');
    assert.equal(found('mlruns/1/models/m-1/artifacts/MLmodel', store, 'flavors: {}\n'), undefined);
  });

  test('of a folder of runs is told by the folders above', () => {
    const store = known('folder', [run('2026/may'), run('may')]);
    assert.equal(found('runs/2026/may/metrics.json', store), 'metrics 2026/may');
    assert.equal(found('runs/may/scores.yaml', store), 'metrics may');
    assert.equal(found('runs/june/metrics.json', store), undefined);
  });

  test('of a DVC project’s own files is the workspace, or what is committed', () => {
    assert.equal(found('dvc.yaml', known('dvc', [run('workspace'), run('run-1')])), 'pipeline workspace');
    assert.equal(found('dvc.lock', known('dvc', [run('run-1')])), 'pipeline run-1');
    assert.equal(found('dvc.yaml', known('mlflow-files', [run('run-1')])), undefined);
  });

  test('of evidence that is nobody’s own is the one in the checklist', () => {
    const store = known('mlflow-files', [run('run-1')]);
    assert.equal(found('data/holdout.csv', store), 'table run-1');
    assert.equal(found('data/other.csv', store), undefined);
  });
});

describe('what stands above a run’s file', () => {
  const file = { path: `${FOLDER}/mlruns/0/run-1/meta.yaml`, head: '' };
  const runs = [run('run-1'), run('run-2', { status: 'running' })];
  const shown = checked([outcome(), outcome({ id: 'b', status: 'fail' })], {
    runs,
    source: { kind: 'mlflow-files', location: 'mlruns' },
  });

  test('is the verdict and the next steps, where the run is in the checklist', () => {
    assert.deepEqual(words(runLenses(file, shown)), ['1 of 2 checks hold', 'Sign Off…', 'Report']);
  });

  test('offers to check a run that is not, and to compare it', () => {
    const other = { ...file, path: `${FOLDER}/mlruns/0/run-2/meta.yaml` };
    const lenses = runLenses(other, shown);
    assert.deepEqual(words(lenses), ['Run name-of-run-2 · running', 'Check This Run', 'Compare with challenger']);
    assert.deepEqual(lenses[1]?.command, { id: 'modelSignoff.selectRun', arguments: ['run-2'] });
  });

  test('is nothing above files of no run', () => {
    assert.deepEqual(runLenses({ path: `${FOLDER}/package.json`, head: '' }, shown), []);
  });

  test('draws no icon that a run’s name asks for', () => {
    const other = { ...file, path: `${FOLDER}/mlruns/0/run-2/meta.yaml` };
    const hostile = { ...shown, runs: [run('run-2', { name: 'a $(pass) b' })] };
    assert.equal(runLenses(other, hostile)[0]?.words, 'Run a \\$(pass) b');
  });
});

describe('the verdict in words', () => {
  const inForce = {
    ...{ modelId: 'e'.repeat(64), run: 'run-0', runName: 'champion', until: '2027-01-01T00:00:00Z' },
    ...{ validity: 'valid' as const, approvals: [] },
  };
  const withApprovals = (found: ReturnType<typeof environment>): Snapshot =>
    checked([outcome()], {
      approvals: { environments: [found], outcomes: [outcome()], whyNoSigning: undefined, watched: [] },
    });

  test('offers the comparison with what is approved, where that is another run', () => {
    const lenses = verdictLenses(withApprovals({ ...environment(), inForce }));
    assert.deepEqual(words(lenses), ['1 of 1 checks hold', 'Sign Off…', 'Compare with Approved', 'Report']);
    assert.deepEqual(lenses[2]?.command?.arguments, ['run-0']);
  });

  test('says that it is approved or rejected, and offers no signature then', () => {
    assert.deepEqual(words(verdictLenses(withApprovals(environment({ standing: 'approved' })))), [
      'Approved for production · 1 of 1 checks hold',
      'Report',
    ]);
    assert.match(words(verdictLenses(withApprovals(environment({ standing: 'rejected' }))))[0] ?? '', /^Rejected/);
  });

  test('says that what was approved has changed since, and offers to sign anew', () => {
    const reasons = [{ code: 'assessment-outdated', message: 'auc comes out otherwise now.' }];
    assert.deepEqual(words(verdictLenses(withApprovals(environment({ standing: 'approved', reasons })))).slice(0, 2), [
      'Approved for production, but changed since · 1 of 1 checks hold',
      'Sign Off…',
    ]);
  });

  test('offers no signature in a folder that nobody trusts', () => {
    assert.ok(!words(verdictLenses({ ...checked([outcome()]), trust: 'untrusted' })).includes('Sign Off…'));
  });
});

describe('what stands in a policy', () => {
  const symbol = (name: string, offset: number) => ({
    ...{ name, detail: '', kind: 'check' as const, children: [] },
    ...{ range: { offset, length: 10 }, selection: { offset, length: name.length } },
  });
  const section = {
    ...symbol('checks', 10),
    kind: 'section' as const,
    children: [symbol('auc', 20), symbol('new', 50)],
  };

  test('is each check’s status, value and interval at its own line, why, and history', () => {
    const lenses = policyLenses([section], checked([outcome({ interval: [0.83, 0.86] })]));
    const ofCheck = lenses.filter(({ offset }) => offset === 20);
    assert.deepEqual(words(ofCheck), ['✓ pass  0.8472  ≥ 0.8  [0.83, 0.86]', 'Why', 'History']);
    assert.deepEqual(ofCheck[1]?.command, { id: 'modelSignoff.explain', arguments: ['auc'] });
    assert.equal(
      lenses.some(({ offset }) => offset === 50),
      false,
      'a check that was never evaluated',
    );
  });

  test('is nothing before anything was evaluated', () => {
    assert.deepEqual(policyLenses([section], { ...checked([]), assessed: undefined }), []);
  });
});

describe('what stands above an approval', () => {
  const owner: KeyOwner = { kind: 'person', person: 'ana@acme.example', validity: 'valid' };
  const said = {
    kind: 'statement',
    id: 'c'.repeat(64),
    key: 'SHA256:abc',
    owner,
    statement: {
      decision: 'approve',
      environment: 'production',
      approver: 'ana@acme.example',
      role: 'data-science',
      issued: '2026-11-23T10:00:00Z',
      expires: '2027-02-21T10:00:00Z',
      run: 'run-1',
    },
  } as const;
  const lensesOf = (reply: Partial<Extract<SignedReply['said'], { kind: 'statement' }>>, now = '2026-11-24') =>
    words(
      statementLenses({
        path: '/x.json',
        read: { ok: true, value: { text: '', said: { ...said, ...reply } } },
        approvals: undefined,
        now: Date.parse(now),
      }),
    );

  test('is who said what, until when, and whether the signature is theirs', () => {
    assert.deepEqual(lensesOf({}), [
      'ana@acme.example, data-science, approves for production, valid until 2027-02-21; signature good',
      'Show in Words',
    ]);
  });

  test('never calls a signature good without saying that its key is somebody else’s', () => {
    assert.match(lensesOf({ owner: { kind: 'nobody' } })[0] ?? '', /but its key is nobody’s/);
    assert.match(lensesOf({ owner: { ...owner, person: 'eve' } })[0] ?? '', /but the key is eve’s/);
    assert.match(lensesOf({ owner: { ...owner, validity: 'not valid now' } })[0] ?? '', /no longer valid/);
    assert.match(lensesOf({ owner: { kind: 'unknown' } })[0] ?? '', /not looked up/);
  });

  test('says when it has run out', () => {
    assert.match(lensesOf({}, '2028-01-01')[0] ?? '', /expired 2027-02-21/);
  });

  test('of a file that is none, or was changed, says why', () => {
    const problem = { code: 'bad-signature', severity: 'error', message: 'The signature is bad.' } as const;
    const lenses = statementLenses({ path: '/x.json', read: { ok: false, problem }, approvals: undefined, now: 0 });
    assert.deepEqual(words(lenses), ['Not valid: The signature is bad.']);
  });
});
