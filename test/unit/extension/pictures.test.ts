import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { translateWith } from '../../../src/base/translate.ts';
import { assess } from '../../../src/extension/engine/assess.ts';
import { forgetLook, newestLook } from '../../../src/extension/engine/newest-look.ts';
import type { OperationContext } from '../../../src/extension/engine/operation-context.ts';
import { pictures } from '../../../src/extension/engine/pictures.ts';
import { reportHtml } from '../../../src/extension/engine/report.ts';
import { makeProject } from '../checks/project.ts';

const context: OperationContext = {
  signal: new AbortController().signal,
  reportProgress: () => {},
  surroundings: {},
};

describe('the pictures of an assessment', () => {
  const project = makeProject({ start: 1, end: 2, metrics: { loss: [0.3] } });
  const { policyFile } = project;
  project.addRun({ id: 'older', name: 'older', start: 0, end: 1, metrics: { loss: [0.5] } });

  async function evaluated(): Promise<Parameters<typeof pictures>[0]> {
    await project.load({
      checks: [
        'auc: { check: metric, metric: roc_auc, dataset: holdout, min: 0.5 }',
        'loss: { check: metric, logged: loss, max: 1 }',
      ].join('\n'),
    });
    const usual = { policyFile, run: 'run1', trust: 'trusted', git: 'same', shown: undefined } as const;
    const reply = await assess({ ...usual, reading: { kind: 'whole' } }, context);
    assert.ok(reply.ok && typeof reply.value.assessed === 'object');
    const { digest, assessment } = reply.value.assessed;
    return { policyFile, run: 'run1', trust: 'trusted', digest, outcomes: assessment.outcomes };
  }

  async function idsOf(input: Parameters<typeof pictures>[0]): Promise<readonly string[]> {
    const drawn = await pictures(input, context);
    assert.ok(drawn.ok, JSON.stringify(drawn));
    return drawn.value.flatMap((section) => section.pictures.map(({ id }) => id));
  }

  test('are drawn from what the checks left, with the metric’s history over the runs', async () => {
    const ids = await idsOf(await evaluated());
    assert.ok(ids.includes('roc/holdout'), ids.join());
    assert.ok(ids.includes('runs/loss'), ids.join());
  });

  test('are drawn again where the thread was started anew and knows nothing', async () => {
    const input = await evaluated();
    forgetLook(policyFile);
    assert.equal(newestLook(policyFile), undefined);
    assert.ok((await idsOf(input)).includes('roc/holdout'));
  });

  test('speak the language that the thread was told, but not in a report that is saved for others', async () => {
    const input = await evaluated();
    const inItalian = { ...context, t: translateWith({ 'ROC curve of {0}': 'Curva ROC di {0}' }) };
    const drawn = await pictures(input, inItalian);
    assert.ok(drawn.ok);
    assert.equal(drawn.value[0]?.pictures[0]?.title, 'Curva ROC di holdout');
    assert.equal(drawn.value[0]?.title, 'Performance');
    const saved = await reportHtml(input, inItalian);
    assert.match(saved.ok ? saved.value : '', /ROC curve of holdout/);
  });

  test('are refused for an assessment that is not the newest', async () => {
    const drawn = await pictures({ ...(await evaluated()), digest: 'f'.repeat(64) }, context);
    assert.equal(drawn.ok ? '' : drawn.problem.code, 'superseded');
  });
});
