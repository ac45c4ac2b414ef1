import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countOf, escapeForTerminal, formatNumber, formatNumberAgainst, listInWords } from '../../../src/base/text.ts';

test('text for a terminal shows control, colour and bidirectional characters instead of obeying them', () => {
  assert.equal(escapeForTerminal('a\u001b[31mred\u0007\n'), 'a\\u{1b}[31mred\\u{7}\\u{a}');
  assert.equal(escapeForTerminal('user\u202Egnp.exe'), 'user\\u{202e}gnp.exe');
  assert.equal(escapeForTerminal('zero\u200bwidth\u2066x\u{feff}'), 'zero\\u{200b}width\\u{2066}x\\u{feff}');
  assert.equal(escapeForTerminal('half \ud800 pair'), 'half \\u{d800} pair');
  assert.equal(escapeForTerminal('naïve 模型 ✓ 😀'), 'naïve 模型 ✓ 😀');
});

test('numbers for people have four significant digits and grouped thousands', () => {
  assert.equal(formatNumber(0.847231), '0.8472');
  assert.equal(formatNumber(4884), '4,884');
  assert.equal(formatNumber(12345.678), '12,346');
  assert.equal(formatNumber(1234.5), '1,235');
  assert.equal(formatNumber(0.00001234), '1.234e-5');
  assert.equal(formatNumber(1e-9), '1e-9');
  assert.equal(formatNumber(-0.5), '-0.5');
  assert.equal(formatNumber(0), '0');
  assert.equal(formatNumber(-0), '0');
  assert.equal(formatNumber(1.5e20), '1.5e20');
  assert.equal(formatNumber(Number.NaN), 'not a number');
  assert.equal(formatNumber(Number.NEGATIVE_INFINITY), '-infinity');
});

test('a value never looks equal to a bound that it misses', () => {
  assert.equal(formatNumberAgainst(0.79996, 0.8), '0.79996');
  assert.equal(formatNumberAgainst(0.8 - 1e-12, 0.8), '0.799999999999');
  assert.equal(formatNumberAgainst(0.8, 0.8), '0.8');
  assert.equal(formatNumberAgainst(0.5, 0.8), '0.5');
});

test('counts and lists read as English', () => {
  assert.equal(countOf(1, 'row'), '1 row');
  assert.equal(countOf(4884, 'row'), '4,884 rows');
  assert.equal(countOf(2, 'entry', 'entries'), '2 entries');
  assert.equal(listInWords([]), '');
  assert.equal(listInWords(['a']), 'a');
  assert.equal(listInWords(['a', 'b', 'c'], 'or'), 'a, b or c');
});
