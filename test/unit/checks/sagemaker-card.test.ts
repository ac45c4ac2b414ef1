import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentCheck } from '../../../src/policy/schema.ts';
import { outcomeWith, partsOf } from './support/evidence-case.ts';

/** A card’s content, by the schema that Amazon publishes for model cards. */
const CONTENT = {
  model_overview: { model_name: 'default-classifier', model_version: 3, problem_type: 'Binary Classification' },
  intended_uses: {
    purpose_of_model: 'Decides on credit.',
    intended_uses: 'Credit cards in Taiwan.',
    risk_rating: 'High',
  },
  training_details: {
    training_job_details: { training_metrics: [{ name: 'log_loss', notes: '', value: 0.43 }] },
  },
  evaluation_details: [
    {
      name: 'holdout',
      metric_groups: [
        {
          name: 'Binary',
          metric_data: [
            { name: 'accuracy', type: 'number', value: 0.812 },
            { name: 'confusion', type: 'matrix', value: [[1, 2]], x_axis_name: ['a', 'b'] },
          ],
        },
      ],
    },
  ],
  additional_information: { caveats_and_recommendations: '' },
};
const LOGGED = { holdout_accuracy: 0.8123, training_log_loss: 0.43 };

async function judged(
  card: unknown,
  asked: Omit<DocumentCheck, 'check' | 'path'>,
  metrics: Record<string, number> = LOGGED,
) {
  return outcomeWith(
    { check: 'document', path: 'card.json', ...asked },
    { files: { 'card.json': JSON.stringify(card) }, metrics },
  );
}

const asDescribed = (content: unknown) => ({
  ModelCardName: 'default-classifier',
  ModelCardStatus: 'Approved',
  Content: JSON.stringify(content),
});

for (const [name, card] of [
  ['as its content', CONTENT],
  ['as DescribeModelCard gives it', asDescribed(CONTENT)],
] as const) {
  test(`a SageMaker card ${name} has sections and numbers`, async () => {
    const holding = await judged(card, { sections: ['Intended uses', 'Model overview'], numbers_match: true });
    assert.equal(holding.status, 'pass', holding.message);
    const missing = await judged(card, { sections: ['Caveats and recommendations', 'Business details'] });
    assert.deepEqual(partsOf(missing), {
      exists: 'pass',
      'section: Caveats and recommendations': 'fail',
      'section: Business details': 'fail',
    });
  });
}

test('a number that differs fails, and one that nobody logged can’t be told', async () => {
  const other = await judged(CONTENT, { numbers_match: true }, { ...LOGGED, holdout_accuracy: 0.9 });
  assert.equal(other.status, 'fail');
  assert.match(other.message, /“accuracy of holdout” as 0\.812, where the run logged “holdout_accuracy” as 0\.9/);
  assert.equal((await judged(CONTENT, { numbers_match: true }, { holdout_accuracy: 0.8123 })).status, 'not_evaluable');
});

test('a card of graphs alone has no number to compare, and damaged content is none', async () => {
  const graphs = { model_overview: {}, evaluation_details: [{ name: 'a', metric_groups: [] }] };
  assert.equal((await judged(graphs, { numbers_match: true })).status, 'not_evaluable');
  const damaged = { ModelCardName: 'a', Content: '{"model_overview": ' };
  assert.equal((await judged(damaged, { numbers_match: true })).status, 'not_evaluable');
  const text = {
    ...CONTENT,
    training_details: { training_job_details: { training_metrics: [{ name: 'log_loss', value: '0.43' }] } },
  };
  assert.equal((await judged(text, { numbers_match: true })).status, 'not_evaluable');
});
