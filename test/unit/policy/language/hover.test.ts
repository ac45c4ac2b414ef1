import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hoverAt, type Neighbour } from '../../../../src/policy/language/hover.ts';
import type { Known } from '../../../../src/policy/language/known.ts';
import { atCursor, documentOf, knowing, outcome, policyWith } from './marked.ts';

function hover(marked: string, known: Known = knowing(), neighbour: Neighbour = 'none'): string {
  const { text, offset } = atCursor(marked);
  return (hoverAt(documentOf(text), known, offset, neighbour)?.sections ?? []).join('\n---\n');
}

const CHECK = `
auc:
  check: metric
  metric: roc_auc
  dataset: holdout
  min: 0.8
`;
const assessed = (policyText: string): Known =>
  knowing({
    policyText,
    outcomes: [
      outcome('auc', {
        ...{ status: 'pass', value: 0.847, interval: [0.83, 0.86], rows: 4000, bound: { min: 0.8 } },
        ...{ formula: 'roc_auc/midrank, delong-logit', title: 'It ranks *well*', message: 'ROC AUC is 0.847.' },
        parts: [
          { name: 'sex=male', status: 'pass', value: 0.85, interval: null, rows: 2000 },
          { name: 'sex=female', status: 'fail', value: 0.79, interval: null, rows: 2000 },
        ],
      }),
    ],
  });
const NOW = assessed(policyWith(CHECK));

describe('a hover', () => {
  test('on a metric: what it means, its formula, its direction, and how the check stands', () => {
    const found = hover(policyWith(CHECK.replace('roc_auc', 'roc|_auc')), NOW);
    assert.match(found, /Probability that a positive is scored above a negative/);
    assert.match(found, /Formula `P\(s₊ > s₋\)/);
    assert.match(found, /Greater is better; between 0 and 1; for binary and multiclass/);
    assert.match(found, /Now `0\.847`, interval `\[0\.83, 0\.86\]`, 4,000 rows/);
    assert.match(found, /Computed as `roc_auc\/midrank, delong-logit`/);
    assert.match(found, /History `▃▁·▆█ 0\.81 → 0\.847 over 5 runs`/);
  });

  test('on a bound: the value beside it', () => {
    assert.match(hover(policyWith(CHECK.replace('0.8', '0.|8')), NOW), /✓ holds.*Now `0\.847`.*at least this/s);
  });

  test('on a bound that is underlined: not the sentence again that stands there already', () => {
    const message = 'ROC AUC is 0.79.';
    const failing = knowing({
      policyText: policyWith(CHECK),
      outcomes: [outcome('auc', { status: 'fail', value: 0.79, bound: { min: 0.8 }, message })],
    });
    const onBound = hover(policyWith(CHECK.replace('0.8', '0.|8')), failing);
    assert.match(onBound, /✗ fails.*Now `0\.79`/s);
    assert.doesNotMatch(onBound, /ROC AUC is/);
    assert.match(hover(policyWith(CHECK.replace('roc_auc', 'roc|_auc')), failing), /ROC AUC is 0\\\.79/);
  });

  test('on a check’s name: its parts, too', () => {
    const found = hover(policyWith(CHECK.replace('auc:', 'a|uc:')), NOW);
    assert.match(found, /- sex\\=male: `0\.85` ✓ holds\n- sex\\=female: `0\.79` ✗ fails/);
  });

  test('shows what files say as text, never as markup', () => {
    const found = hover(policyWith(CHECK.replace('auc:', 'a|uc:')), NOW);
    assert.match(found, /It ranks \\\*well\\\*/);
    const hostile = knowing({
      policyText: policyWith(CHECK),
      outcomes: [
        outcome('auc', {
          title: '[x](command:evil) <img src=x> `a` \u202e',
          value: 1,
          message: '$(zap) ![](http://x)',
        }),
      ],
    });
    const shown = hover(policyWith(CHECK.replace('auc:', 'a|uc:')), hostile);
    assert.doesNotMatch(shown, /(?<!\\)\[x(?<!\\)\]\(|(?<!\\)<img|\u202e|(?<!\\)!(?<!\\)\[/u);
  });

  test('on a bound that was changed since: no old sentence', () => {
    const changed = policyWith(CHECK.replace('0.8', '0.|9'));
    const found = hover(changed, NOW);
    assert.doesNotMatch(found, /ROC AUC is 0\.847/);
    assert.match(found, /✗ fails.*The bound was changed/s);
  });

  test('on names: what they stand for', () => {
    assert.match(
      hover(policyWith(CHECK.replace('holdout', 'hold|out'))),
      /Table `run:eval\/holdout\.parquet`: 4,000 rows, 5 columns/,
    );
    assert.match(
      hover(policyWith(CHECK, (text) => text.replace('label: defaulted', 'label: def|aulted'))),
      /number; values `0`, `1`/,
    );
    assert.match(
      hover(policyWith('l: { check: metric, logged: val|_loss, max: 1 }')),
      /Logged by gradient\\-boosting: `0\.43`/,
    );
    assert.match(
      hover(policyWith('f: { check: fairness, metric: dispa|rate_impact, dataset: holdout }')),
      /1 means that groups are treated alike/,
    );
    assert.match(
      hover(policyWith('d: { check: drift, method: p|si, reference: training, current: holdout, max: 1 }')),
      /Population stability index/,
    );
    assert.match(
      hover(policyWith(CHECK, (text) => text.replace('risk: [ben', 'ri|sk: [ben'))),
      /ben\\@acme\\\.example: has a key.*Must approve: 1 for production/s,
    );
    assert.match(hover(policyWith(CHECK, (text) => text.replace('[ana@', '[an|a@'))), /has a key/);
    assert.match(
      hover(policyWith('a: { check: metric, against: run:8e41|bd03, metric: roc_auc }')),
      /The run logistic/,
    );
  });

  test('on a key: what the language says of it, and its words', () => {
    assert.match(hover(policyWith(CHECK.replace('check:', 'che|ck:'))), /One metric/);
    assert.match(hover('version: 1\nta|sk: binary'), /What the model predicts.*One of `binary`, `multiclass`/s);
  });

  test('beside an editor that describes keys: only what no schema knows', () => {
    assert.equal(hover('version: 1\nta|sk: binary', NOW, 'describes keys'), '');
    assert.match(hover(policyWith(CHECK.replace('roc_auc', 'roc|_auc')), NOW, 'describes keys'), /Formula/);
  });

  test('on nothing: nothing', () => {
    assert.equal(hover('# a |comment\nversion: 1'), '');
    assert.equal(hover('version: 1\n\n|\n\ntask: binary'), '');
  });
});
