import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parsePolicy } from '../../../src/policy/parse.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { weakerThan } from '../../../src/policy/weaker-policy.ts';
import { changed, EXAMPLE } from './example.ts';

function policy(text: string): Policy {
  const { value } = parsePolicy(text, 'signoff.yaml');
  assert.ok(value);
  return value;
}

/** What the example with a change asks less than the example. */
function weaker(from: string, to: string): readonly string[] {
  return weakerThan(policy(changed(from, to)), policy(EXAMPLE)).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );
}

describe('a policy asks less than another', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['min: 0.80', 'min: 0.70', ['checks.auc.min: "min" is 0.7 here, and 0.8']],
    ['min: 0.80', 'max: 0.99', ['checks.auc: "min" is not given here, and is 0.8']],
    ['max: 0.30', 'max: 0.4', ['checks.logged-loss.max: "max" is 0.4 here, and 0.3']],
    ['max_abs: 0.10', 'max_abs: 0.2', ['checks.parity.max_abs: "max_abs" is 0.2 here, and 0.1']],
    [', confidence: 0.95 }\n  recall', ' }\n  recall', ['checks.auc: "confidence" is not given here, and is 0.95']],
    ['min_rows: 200', 'min_rows: 20', ['checks.recall-by-sex.min_rows: "min_rows" is 20 here, and 200']],
    ['by: sex, ', '', ['checks.recall-by-sex: Groups are not looked at here, but are']],
    ['min: 0.80', 'min: 0.80, severity: advisory', ['checks.auc.severity: The check is advisory here, and required']],
    [
      'min: 0.80',
      'min: 0.80, not_applicable: no',
      ['checks.auc.not_applicable: The check is not applied here, but is'],
    ],
    [
      '[Intended use, Limitations]',
      '[Intended use]',
      ['checks.card.sections: "sections" lacks "Limitations" here, which is asked for'],
    ],
    [
      'numbers_match: true',
      'numbers_match: false',
      ['checks.card.numbers_match: Its numbers need not match the run here, but have to'],
    ],
    ['role: risk, evidence: required', 'role: risk', ['checks.dpia: No evidence has to come with it here, but has to']],
    [
      'role: risk, evidence: required',
      'evidence: required',
      ['checks.dpia: Any counted approver may attest here, but only "risk" may'],
    ],
    [
      'require: { data-science: 1, risk: 1 }',
      'require: { data-science: 1 }',
      ['signoff.environments.production.require: Nobody of "risk" must approve here, but 1 must'],
    ],
    [
      'expires_after: 90d',
      'expires_after: 180d',
      ['signoff.environments.production.expires_after: Approvals last 180d here, and 90d'],
    ],
    [
      ', separate_from: [author]',
      '',
      ['signoff.environments.production: "separate_from" lacks "author" here, which is asked for'],
    ],
    ['max_days: 30', 'max_days: 60', ['signoff.waivers.max_days: A waiver may last 60 days here, and 30']],
    [
      'columns: [age, income], max: 0.1',
      'columns: [age, income], max: 0.1, max_share: 0.5',
      ['checks.drift.max_share: Some columns may drift here, but none may'],
    ],
    [
      '[ana@acme.example], risk',
      '[ana@acme.example, joe@acme.example], risk',
      ['signoff.roles.data-science: "joe@acme.example" may sign as "data-science" here, but may not'],
    ],
    [
      '[ana, "Ana A."]',
      '[ana]',
      ['signoff.aliases.ana@acme.example: "Ana A." is nobody’s name here, but is that of "ana@acme.example"'],
    ],
  ];
  for (const [from, to, expected] of cases) {
    test(`${from} → ${to}`, () => assert.deepEqual(weaker(from, to), expected));
  }

  test('where a check is missing', () => {
    const without = EXAMPLE.split('\n')
      .filter((line) => !/^ {2}auc:/.test(line))
      .join('\n');
    assert.deepEqual(
      weakerThan(policy(without), policy(EXAMPLE)).map(({ message }) => message),
      ['The check "auc" is missing here; it stands'],
    );
  });
});

describe('a policy does not ask less', () => {
  test('than itself', () => assert.deepEqual(weakerThan(policy(EXAMPLE), policy(EXAMPLE)), []));

  for (const [from, to] of [
    ['min: 0.80', 'min: 0.90'],
    ['max: 0.30', 'max: 0.2'],
    ['metric: roc_auc, dataset: holdout, min: 0.80', 'metric: accuracy, dataset: holdout, min: 0.1'],
    ['expires_after: 90d', 'expires_after: 30d'],
    ['max_days: 30', 'max_days: 3'],
    [', eve@acme.example]', ']'],
  ] as const) {
    test(`for ${to} in place of ${from}`, () => assert.deepEqual(weaker(from, to), []));
  }
});
