import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assess } from '../../../src/extension/engine/assess.ts';
import { compareRuns } from '../../../src/extension/engine/compare.ts';
import type { OperationContext } from '../../../src/extension/engine/operation-context.ts';
import { comparisonContent } from '../../../src/extension/panels/comparison/comparison-document.ts';
import { makeProject, TABLE } from '../checks/project.ts';

const context: OperationContext = {
  ...{ signal: new AbortController().signal, reportProgress: () => {}, surroundings: {} },
};

describe('the comparison of two runs', () => {
  const project = makeProject({ start: 1, end: 2, metrics: { loss: [0.5], other: [1] } });
  const { policyFile } = project;
  project.addRun({ id: 'older', name: 'older', start: 0, end: 1, metrics: { loss: [0.3] } });
  project.write('mlruns/1/older/artifacts/eval/predictions.csv', TABLE.replace('1,0.3,1', '1,0.95,1'));

  async function compared() {
    await project.load({
      datasets: 'holdout: { path: "run:eval/predictions.csv", label: label, score: score }',
      checks: [
        'auc: { check: metric, metric: roc_auc, dataset: holdout, min: 0.9 }',
        'loss: { check: metric, logged: loss, max: 1 }',
      ].join('\n'),
    });
    const usual = { policyFile, run: 'run1', trust: 'untrusted', git: 'same', shown: undefined } as const;
    const reply = await assess({ ...usual, reading: { kind: 'whole' } }, context);
    assert.ok(reply.ok && typeof reply.value.assessed === 'object' && reply.value.policy !== undefined);
    const wanted = { policyFile, trust: 'untrusted', digest: reply.value.assessed.digest, other: 'older' } as const;
    const comparison = await compareRuns(wanted, context);
    assert.ok(comparison.ok, JSON.stringify(comparison));
    return { comparison: comparison.value, policy: reply.value.policy, wanted };
  }

  test('puts first what the older run holds and the newer does not, with both values and the drop', async () => {
    const { comparison } = await compared();
    const [auc, loss] = comparison.checks;
    assert.deepEqual([auc?.id, auc?.passing, auc?.change], ['auc', 'only the second', 'worse']);
    assert.deepEqual([auc?.first.value, auc?.second.value, auc?.differences[0]?.drop], [0.8125, 0.9375, 0.125]);
    assert.deepEqual([loss?.id, loss?.change], ['loss', 'worse']);
  });

  test('is shown with a picture, and the metrics that only were logged', async () => {
    const { comparison, policy } = await compared();
    const { document } = comparisonContent(comparison, policy, 'production');
    assert.equal(document.verdict?.text, 'The first run does not hold 1 check that the second holds');
    assert.equal(document.pictures?.sections[0]?.pictures.length, 1);
    const metrics = document.tables.find(({ id }) => id === 'metrics')?.groups[0]?.rows;
    assert.deepEqual(
      metrics?.map(({ id, cells }) => [id, cells[0]?.text]),
      [
        ['loss', 'worse'],
        ['other', '–'],
      ],
    );
  });

  test('is refused for an assessment that is not the newest, and for a run that is not there', async () => {
    const { wanted } = await compared();
    const old = await compareRuns({ ...wanted, digest: 'f'.repeat(64) }, context);
    assert.equal(old.ok ? '' : old.problem.code, 'superseded');
    assert.equal((await compareRuns({ ...wanted, other: 'nowhere' }, context)).ok, false);
  });
});
