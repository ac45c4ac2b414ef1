import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ColumnSketch, guessBinaryColumns } from '../../../../src/checks/proposal/guess-columns.ts';

function column(name: string, distinct: readonly (number | string)[], facts: Partial<ColumnSketch> = {}): ColumnSketch {
  const numbers = distinct.filter((value): value is number => typeof value === 'number');
  const numeric = numbers.length === distinct.length;
  const range: ColumnSketch['range'] = numeric ? [Math.min(...numbers), Math.max(...numbers)] : undefined;
  return { name, distinct, more: false, numeric, range, missing: 0, unique: false, ...facts };
}

const probability = (name: string) => column(name, [0.1, 0.35, 0.9], { more: true });

test('label, score, prediction, key and groups are found by name and content', () => {
  const guess = guessBinaryColumns([
    column('client_id', [1, 2, 3], { unique: true, more: true }),
    column('defaulted', [0, 1]),
    probability('p_default'),
    column('predicted', [0, 1]),
    column('sex', ['female', 'male']),
    column('age', [23, 45, 67], { more: true }),
  ]);
  assert.deepEqual(guess, {
    label: 'defaulted',
    score: 'p_default',
    prediction: 'predicted',
    positive: 1,
    key: 'client_id',
    groups: [
      { column: 'sex', values: ['female', 'male'], binned: false },
      { column: 'age', values: [], binned: true },
    ],
  });
});

test('a label of words has its positive word found', () => {
  assert.equal(guessBinaryColumns([column('y_true', ['good', 'bad']), probability('score')])?.positive, 'bad');
  assert.equal(guessBinaryColumns([column('target', ['no', 'yes']), probability('score')])?.positive, 'yes');
});

test('a score that has missing values, or leaves [0, 1], is not a probability', () => {
  const label = column('label', [0, 1]);
  assert.equal(guessBinaryColumns([label, column('score', [0.2, 0.4], { more: true, missing: 1 })]), undefined);
  assert.equal(guessBinaryColumns([label, column('score', [-3, 4.5], { more: true })]), undefined);
});

test('a table without a two-valued label is nothing to guess about', () => {
  assert.equal(guessBinaryColumns([column('label', [0, 1, 2]), probability('score')]), undefined);
});
