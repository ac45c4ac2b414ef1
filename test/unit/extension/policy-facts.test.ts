import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assess } from '../../../src/extension/engine/assess.ts';
import type { OperationContext } from '../../../src/extension/engine/operation-context.ts';
import { policyFacts } from '../../../src/extension/engine/policy-facts.ts';
import { makeProject } from '../checks/project.ts';

const context: OperationContext = {
  signal: new AbortController().signal,
  reportProgress: () => {},
  surroundings: {},
};

async function gather(policyFile: string) {
  const reply = await policyFacts({ policyFile, run: undefined, trust: 'untrusted' }, context);
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.value;
}

describe('what a policy’s editor is told of the world', () => {
  const project = makeProject({ start: 30, end: 40, metrics: { val_loss: [0.5, 0.4] } });
  const { policyFile } = project;
  project.addRun({ id: 'older', name: 'older', start: 10, end: 20, metrics: { val_loss: [0.7] } });
  project.addRun({ id: 'oldest', name: 'oldest', start: 1, end: 2, metrics: { val_loss: [0.9] } });

  test('tables with their columns, the run with what it logged, the runs, and earlier values', async () => {
    await project.load({ checks: 'loss: { check: metric, logged: val_loss, max: 1 }' });
    const { facts, assessed } = await gather(policyFile);
    assert.deepEqual(
      facts.tables['holdout.csv']?.columns.map(({ name, type, values, complete }) => [
        name,
        type,
        values?.length,
        complete,
      ]),
      [
        ['label', 'number', 2, true],
        ['score', 'number', 8, true],
        ['weight', 'number', 3, true],
      ],
    );
    assert.deepEqual(facts.tables['holdout.csv']?.columns[0]?.values, ['0', '1']);
    assert.equal(facts.tables['holdout.csv']?.rows, 8);
    assert.deepEqual(facts.run?.metrics, [{ name: 'val_loss', value: 0.4 }]);
    assert.deepEqual(facts.runs, {
      known: [
        { id: 'run1', name: 'champion' },
        { id: 'older', name: 'older' },
        { id: 'oldest', name: 'oldest' },
      ],
      complete: true,
    });
    assert.deepEqual({ ...facts.history }, { loss: [0.9, 0.7] });
    assert.equal(facts.signers, undefined);
    assert.equal(assessed, undefined);
  });

  test('earlier values from the assessments that were signed', async () => {
    await project.load({ checks: 'auc: { check: metric, metric: roc_auc, dataset: holdout, min: 0.5 }' });
    const signed = JSON.stringify({ outcomes: [{ id: 'auc', value: 0.79 }] });
    project.write('.signoff/assessments/default-classifier/older/1.json', signed);
    project.write('.signoff/assessments/default-classifier/oldest/1.json', 'no JSON');
    const { facts } = await gather(policyFile);
    assert.deepEqual({ ...facts.history }, { auc: [null, 0.79] });
  });

  test('who may sign, by the file beside the policy', async () => {
    const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIiQ9UjZPMGSwZnKjpGxlJ/NbPLQN2RLHnyuHi0Pd4dW';
    project.write('.signoff/allowed_signers', `# keys\nben@acme.example namespaces="git" ${key}\n`);
    const { facts } = await gather(policyFile);
    assert.deepEqual(facts.signers, [{ person: 'ben@acme.example', standing: 'may not sign', line: 2 }]);
  });

  test('what was assessed, once something was', async () => {
    await project.load({ checks: 'auc: { check: metric, metric: roc_auc, dataset: holdout, min: 0.5 }' });
    const usual = { policyFile, run: undefined, trust: 'untrusted', git: 'same', shown: undefined } as const;
    const looked = await assess({ ...usual, reading: { kind: 'whole' } }, context);
    assert.ok(looked.ok && typeof looked.value.assessed === 'object');
    const { assessed } = await gather(policyFile);
    assert.equal(assessed?.digest, looked.value.assessed.digest);
    assert.match(assessed?.policyText ?? '', /^version: 1\n/);
  });

  test('of a broken policy, whatever of it can be read', async () => {
    await project.load({ checks: 'a: [\n' });
    const { facts } = await gather(policyFile);
    assert.equal(facts.run?.name, 'champion');
    assert.ok(facts.tables['holdout.csv']);
  });

  test('of a policy that names nothing that there is, nothing', async () => {
    project.write('signoff.yaml', 'run: { mlflow: gone.db }\ndatasets: { a: { path: gone.csv } }\n');
    const { facts } = await gather(policyFile);
    assert.deepEqual([facts.run, facts.runs, Object.keys(facts.tables)], [undefined, undefined, []]);
  });
});
