import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { policyFolds } from '../../../../src/policy/language/folding.ts';
import { type PolicySymbol, policySymbols } from '../../../../src/policy/language/symbols.ts';
import { documentOf, knowing, nothingKnown, outcome, policyWith } from './marked.ts';

const TEXT = policyWith('auc:\n  check: metric\n  metric: roc_auc\n  dataset: holdout\n  min: 0.8');

/** Names and details, children indented. */
function outline(symbols: readonly PolicySymbol[], depth = 0): readonly string[] {
  return symbols.flatMap(({ name, detail, kind, children }) => [
    `${'  '.repeat(depth)}${kind} ${name}${detail === '' ? '' : `: ${detail}`}`,
    ...outline(children, depth + 1),
  ]);
}

describe('the outline', () => {
  test('shows sections, data sets and groups, checks with how they stand, roles and environments', () => {
    const known = knowing({
      policyText: TEXT,
      outcomes: [outcome('auc', { status: 'fail', value: 0.7, bound: { min: 0.8 } })],
    });
    assert.deepEqual(outline(policySymbols(documentOf(TEXT), known)), [
      'section version: 1',
      'section project: credit-risk',
      'section model: default-classifier',
      'section task: binary',
      'section run: 1',
      'section datasets: 2',
      '  dataset holdout: run:eval/holdout.parquet',
      '    group sex',
      '    group age_band',
      '  dataset training: data/train.parquet',
      'section checks: 1',
      '  check auc: metric · roc_auc · min 0.8 · ✗ fails',
      'section signoff: 3',
      '  entry roles',
      '    role data-science: ana@acme.example',
      '    role risk: ben@acme.example, eve@acme.example',
      '  entry environments',
      '    environment staging',
      '    environment production',
      '  entry waivers',
    ]);
  });

  test('has every name inside its range, and every child inside its parent', () => {
    const visit = (symbols: readonly PolicySymbol[], from: number, to: number): void => {
      for (const { range, selection, children } of symbols) {
        assert.ok(range.offset >= from && range.offset + range.length <= to);
        assert.ok(selection.offset >= range.offset);
        assert.ok(selection.offset + selection.length <= range.offset + range.length);
        visit(children, range.offset, range.offset + range.length);
      }
    };
    visit(policySymbols(documentOf(TEXT), nothingKnown), 0, TEXT.length);
  });

  test('of a broken text is that of what could be read', () => {
    const names = policySymbols(documentOf(`${TEXT}\n  : [`), nothingKnown).map(({ name }) => name);
    assert.ok(names.includes('checks'));
  });
});

describe('folding', () => {
  test('folds entries and comments of several lines', () => {
    const text =
      '# one\n# two\nchecks:\n  a:\n    check: metric\n    list:\n      - 1\n      - 2\n  # single\n  b: { x: 1 }\n\nsignoff: {\n  a: 1 }\n';
    assert.deepEqual(
      policyFolds(documentOf(text)).map(({ start, end, kind }) => `${start}-${end} ${kind}`),
      ['0-1 comment', '2-9 region', '3-7 region', '5-7 region', '11-12 region'],
    );
  });
});
