import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { OutcomeFacts } from '../../../../src/policy/language/facts.ts';
import { inlayValues } from '../../../../src/policy/language/inlay-values.ts';
import { documentOf, knowing, outcome, policyWith } from './marked.ts';

/** The text of the checks with the values drawn in. */
function drawn(
  checks: string,
  outcomes: readonly OutcomeFacts[],
  changed: (text: string) => string = (text) => text,
): string {
  const policyText = policyWith(checks);
  const text = changed(policyText);
  const values = inlayValues(documentOf(text), knowing({ policyText, outcomes }));
  let result = text;
  for (const { offset, label } of values.toReversed()) {
    result = `${result.slice(0, offset)}  ${label}${result.slice(offset)}`;
  }
  return result.slice(result.indexOf('checks:\n') + 8, result.indexOf('\nsignoff:')).replaceAll(/^ {2}/gmu, '');
}

const AUC = 'auc:\n  check: metric\n  metric: roc_auc\n  dataset: holdout\n  min: 0.80';
const auc = (rest: Partial<OutcomeFacts>): OutcomeFacts =>
  outcome('auc', { value: 0.847, interval: [0.83, 0.86], bound: { min: 0.8 }, ...rest });

describe('the value beside a bound', () => {
  test('with its interval and how it stands', () => {
    assert.match(drawn(AUC, [auc({})]), /^ {2}min: 0\.80 {2}⟵ 0\.847 \[0\.83, 0\.86\] ✓$/mu);
  });

  test('before the comment that stands there', () => {
    assert.match(drawn(`${AUC}   # why`, [auc({})]), /min: 0\.80 {2}⟵ 0\.847 \[0\.83, 0\.86\] ✓ {3}# why/u);
  });

  for (const [status, sign] of [
    ['fail', '✗'],
    ['uncertain', '\\?'],
    ['waived', '~'],
    ['not_evaluable', '!'],
  ] as const) {
    test(`that is ${status}`, () =>
      assert.match(drawn(AUC, [auc({ status })]), new RegExp(`0\\.86\\] ${sign}$`, 'mu')));
  }

  test('in words where there is no number', () => {
    const none = { value: null, interval: null, status: 'not_evaluable' } as const;
    assert.match(drawn(AUC, [auc(none)]), /min: 0\.80 {2}⟵ not evaluable$/mu);
  });

  test('with digits enough to differ from it', () => {
    assert.match(drawn(AUC, [auc({ value: 0.79996, interval: null, status: 'fail' })]), /⟵ 0\.79996 ✗/u);
  });

  test('in flow', () => {
    assert.equal(
      drawn('l: { check: metric, logged: val_loss, max: 0.5 }', [outcome('l', { value: 0.43, bound: { max: 0.5 } })]),
      'l: { check: metric, logged: val_loss, max: 0.5  ⟵ 0.43 ✓ }',
    );
  });

  test('of two bounds: at each, whether this one is met', () => {
    assert.match(
      drawn('l: { check: metric, logged: val_loss, min: 0.1, max: 0.4 }', [
        outcome('l', { value: 0.43, status: 'fail', bound: { min: 0.1, max: 0.4 } }),
      ]),
      /min: 0\.1 {2}⟵ 0\.43 ✓, max: 0\.4 {2}⟵ 0\.43 ✗/u,
    );
  });

  test('of an explanation: at each, the part that it bounds', () => {
    const parts = [
      { name: 'additivity', status: 'pass', value: 1e-7, interval: null, rows: 10 },
      { name: 'top_share', status: 'fail', value: 0.61, interval: null, rows: 10 },
    ] as const;
    assert.match(
      drawn('s: { check: explanation, method: shap, values: s.npz, additivity: 0.001, max_top_share: 0.5 }', [
        outcome('s', { status: 'fail', value: 0.61, bound: { max_top_share: 0.5 }, parts }),
      ]),
      /additivity: 0\.001 {2}⟵ 1e-7 ✓, max_top_share: 0\.5 {2}⟵ 0\.61 ✗/u,
    );
  });

  test('judged anew when the bound is changed', () => {
    assert.match(
      drawn(AUC, [auc({})], (text) => text.replace('0.80', '0.85')),
      /min: 0\.85 {2}⟵ 0\.847 \[0\.83, 0\.86\] ✗/u,
    );
    assert.match(
      drawn(AUC, [auc({})], (text) => text.replace('0.80', '0.84')),
      /min: 0\.84 {2}⟵ 0\.847 \[0\.83, 0\.86\] \?/u,
    );
  });

  test('every part of which is judged anew', () => {
    const parts = [
      { name: 'male', status: 'pass', value: 0.9, interval: null, rows: 10 },
      { name: 'female', status: 'pass', value: 0.82, interval: null, rows: 10 },
    ] as const;
    const outcomes = [auc({ parts, value: 0.82, interval: null })];
    assert.match(
      drawn(AUC, outcomes, (text) => text.replace('0.80', '0.85')),
      /min: 0\.85 {2}⟵ 0\.82 ✗/u,
    );
  });

  test('of drift is not judged by anybody but the engine', () => {
    const drift = 'd: { check: drift, method: ks, reference: training, current: holdout, max: 0.1 }';
    const outcomes = [outcome('d', { value: 0.05, bound: { max: 0.1 } })];
    assert.match(
      drawn(drift, outcomes, (text) => text.replace('max: 0.1', 'max: 0.2')),
      /max: 0\.2 {2}⟵ 0\.05 \}/u,
    );
  });

  test('of a share of columns is none once the bound that makes it is another', () => {
    const drift = 'd: { check: drift, method: ks, reference: training, current: holdout, max: 0.1, max_share: 0.5 }';
    const outcomes = [outcome('d', { value: 0.25, bound: { max: 0.1, max_share: 0.5 } })];
    assert.doesNotMatch(
      drawn(drift, outcomes, (text) => text.replace('max: 0.1', 'max: 0.2')),
      /⟵/u,
    );
  });

  test('stays while the rest of the text is broken', () => {
    assert.match(
      drawn(AUC, [auc({})], (text) => text.replace('\nsignoff:', '\n  broken: [\nsignoff:')),
      /⟵ 0\.847/u,
    );
  });

  test('is none for another question', () => {
    assert.doesNotMatch(
      drawn(AUC, [auc({})], (text) => text.replace('roc_auc', 'accuracy')),
      /⟵/u,
    );
  });
});
