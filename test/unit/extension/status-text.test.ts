import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { statusText } from '../../../src/extension/views/status-text.ts';
import { checked, environment, outcome, snapshot } from './samples.ts';

const problem = { code: 'x', severity: 'error', message: 'No.' } as const;

describe('the status bar', () => {
  test('stays empty without a policy', () => {
    assert.equal(statusText(snapshot({ policySearch: 'missing', policyFile: undefined })), undefined);
  });

  test('counts required checks that hold, advisory ones aside', () => {
    const outcomes = [
      outcome(),
      outcome({ id: 'b', status: 'pending' }),
      outcome({ id: 'c', status: 'fail', severity: 'advisory' }),
    ];
    const status = statusText(checked(outcomes));
    assert.equal(status?.text, '$(circle-large-outline) default-classifier: 1 of 2 hold');
  });

  test('shows an error only when a required check fails or cannot be evaluated', () => {
    assert.match(statusText(checked([outcome({ status: 'fail' })]))?.text ?? '', /^\$\(error\)/);
    assert.match(statusText(checked([outcome({ status: 'not_evaluable' })]))?.text ?? '', /^\$\(error\)/);
    assert.match(statusText(checked([outcome({ status: 'pending' })]))?.text ?? '', /^\$\(circle-large-outline\)/);
  });

  test('says where the model is approved', () => {
    const approvals = {
      environments: [environment({ standing: 'approved' })],
      outcomes: [outcome()],
      whyNoSigning: undefined,
      watched: [],
    };
    assert.equal(
      statusText(checked([outcome()], { approvals }))?.text,
      '$(verified-filled) default-classifier: approved for production',
    );
  });

  test('says that what was approved has changed since', () => {
    const reasons = [{ code: 'assessment-outdated', message: 'auc comes out otherwise now.' }];
    const environments = [environment({ standing: 'approved', reasons })];
    const approvals = { environments, outcomes: [outcome()], whyNoSigning: undefined, watched: [] };
    const status = statusText(checked([outcome()], { approvals }));
    assert.equal(status?.text, '$(warning) default-classifier: approved for production, but changed since');
    assert.match(status?.tooltip ?? '', /auc comes out otherwise now/);
  });

  test('speaks of mistakes in the policy before anything else', () => {
    const one = statusText(checked([outcome()], { policyProblems: [problem] }));
    assert.equal(one?.text, '$(error) the policy has a mistake');
    assert.equal(
      statusText(checked([], { policyProblems: [problem, problem] }))?.text,
      '$(error) the policy has 2 mistakes',
    );
  });

  test('lets no name in a policy draw an icon', () => {
    const given = checked([outcome()]);
    assert.ok(given.assessed);
    const assessed = { ...given.assessed, assessment: { ...given.assessed.assessment, model: '$(verified) x' } };
    assert.match(statusText({ ...given, assessed })?.text ?? '', /\\\$\(verified\) x/);
  });
});
