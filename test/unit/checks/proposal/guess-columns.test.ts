import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ColumnSketch } from '../../../../src/checks/proposal/column-sketch.ts';
import { guessColumns } from '../../../../src/checks/proposal/guess-columns.ts';

function column(name: string, distinct: readonly (number | string)[], facts: Partial<ColumnSketch> = {}): ColumnSketch {
  const numbers = distinct.filter((value): value is number => typeof value === 'number');
  const numeric = numbers.length === distinct.length;
  const range: ColumnSketch['range'] = numeric ? [Math.min(...numbers), Math.max(...numbers)] : undefined;
  return { name, distinct, more: false, numeric, range, missing: 0, unique: false, ...facts };
}

const probability = (name: string) => column(name, [0.1, 0.35, 0.9], { more: true });

test('label, score, prediction, key and groups are found by name and content', () => {
  const guess = guessColumns([
    column('client_id', [1, 2, 3], { unique: true, more: true }),
    column('defaulted', [0, 1]),
    probability('p_default'),
    column('predicted', [0, 1]),
    column('sex', ['female', 'male']),
    column('age', [23, 45, 67], { more: true }),
  ]);
  assert.deepEqual(guess, {
    task: 'binary',
    fields: { label: 'defaulted', score: 'p_default', prediction: 'predicted', positive: 1, key: 'client_id' },
    groups: [
      { name: 'sex', column: 'sex', values: ['female', 'male'] },
      { name: 'age_band', column: 'age', values: [], bins: [25, 45, 65] },
    ],
  });
});

test('a label of words has its positive word found', () => {
  assert.equal(guessColumns([column('y_true', ['good', 'bad']), probability('score')])?.fields['positive'], 'bad');
  assert.equal(guessColumns([column('target', ['no', 'yes']), probability('score')])?.fields['positive'], 'yes');
});

test('a score that has missing values, or leaves [0, 1], is not a probability', () => {
  const label = column('label', [0, 1]);
  assert.equal(guessColumns([label, column('score', [0.2, 0.4], { more: true, missing: 1 })]), undefined);
  assert.equal(guessColumns([label, column('score', [-3, 4.5], { more: true })]), undefined);
});

test('a table whose label nothing predicts is nothing to guess about', () => {
  assert.equal(guessColumns([column('label', [0, 1, 2]), probability('score')]), undefined);
});

test('three classes are found with their scores, whatever these are called, or with a prediction of no other values', () => {
  const label = column('label', ['cat', 'dog', 'eel']);
  assert.deepEqual(guessColumns([label, probability('prob_cat'), probability('prob_dog'), probability('prob_eel')]), {
    task: 'multiclass',
    fields: { label: 'label', scores: { cat: 'prob_cat', dog: 'prob_dog', eel: 'prob_eel' } },
    groups: [],
  });
  assert.deepEqual(guessColumns([label, column('pred', ['cat', 'dog']), column('region', ['n', 's'])]), {
    task: 'multiclass',
    fields: { label: 'label', prediction: 'pred' },
    groups: [{ name: 'region', column: 'region', values: ['n', 's'] }],
  });
  assert.equal(guessColumns([label, column('pred', ['cat', 'cow'])]), undefined);
});

test('a number that is predicted is found by its name', () => {
  const price = column('price', [10, 12.5, 99], { more: true });
  const guess = guessColumns([price, column('predicted_price', [11, 13.1, 90], { more: true })]);
  assert.deepEqual(guess, {
    task: 'regression',
    fields: { label: 'price', prediction: 'predicted_price' },
    groups: [],
  });
});

test('rows that belong to queries, with a relevance and a score, are a ranking', () => {
  const guess = guessColumns([
    column('query_id', ['a', 'b']),
    column('relevance', [0, 1, 2]),
    column('score', [-1.5, 0.2, 3], { more: true }),
  ]);
  assert.deepEqual(guess?.fields, { query: 'query_id', label: 'relevance', score: 'score' });
});
