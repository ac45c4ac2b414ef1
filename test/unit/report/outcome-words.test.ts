import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { inEnglish, translateWith } from '../../../src/base/translate.ts';
import type { Outcome, OutcomeStatus } from '../../../src/checks/outcome.ts';
import { summarise } from '../../../src/checks/summary.ts';
import { useTranslation } from '../../../src/extension/translation.ts';
import { numbersInWords } from '../../../src/extension/views/outcome-figures.ts';
import { checkTable } from '../../../src/report/document/check-tables.ts';
import { answerInWords, boundInWords } from '../../../src/report/outcome-words.ts';
import { materialOf } from './report-samples.ts';

const inGerman = translateWith({ and: 'und', within: 'innerhalb', 'drop ≤': 'Rückgang ≤' });

describe('a bound in words', () => {
  after(() => useTranslation(inEnglish));

  test('has all limits with their exact digits', () => {
    assert.equal(boundInWords({ min: 0.8, max: 10_000 }, inEnglish), '≥ 0.8 and ≤ 10,000');
    assert.equal(boundInWords({ tolerance: 1e-9 }, inEnglish), 'within 1e-9');
    assert.equal(boundInWords(null, inEnglish), '');
  });

  test('is in the reader’s language in the table of checks, each limit a figure of its own', () => {
    const { assessment, policy } = materialOf('auc');
    const outcomes = assessment.outcomes.map((each) => ({ ...each, bound: { tolerance: 0.1, max_drop: 0.2 } }));
    const texts = checkTable(outcomes, policy, inGerman).groups.flatMap(({ rows }) =>
      rows.flatMap(({ cells }) => cells.map(({ text }) => text)),
    );
    assert.ok(texts.includes('innerhalb\u00a00.1 und\nRückgang\u00a0≤\u00a00.2'), texts.join(' | '));
  });

  test('is in the reader’s language in the trees and lenses', () => {
    useTranslation(inGerman);
    const outcome = { value: 0.5, bound: { max_drop: 0.2 }, status: 'pass' } as const;
    assert.equal(numbersInWords(outcome), '0.5  Rückgang ≤ 0.2');
  });
});

test('where nothing blocks and nothing passed, the answer does not speak of checks that are not ok', () => {
  const outcomes = (...statuses: readonly (readonly [OutcomeStatus, Outcome['severity']])[]) =>
    statuses.map(([status, severity]) => ({ status, severity }) as Outcome);
  const answer = (all: readonly Outcome[]) => answerInWords(all, summarise(all));
  assert.equal(answer(outcomes(['pass', 'required'])), 'Every required check is ok.');
  assert.equal(answer(outcomes(['pass', 'required'], ['pending', 'required'])), 'Some required checks are not ok.');
  const nothing = 'Not one check was evaluated and passed, so nothing is ok.';
  assert.equal(answer(outcomes(['not_applicable', 'required'], ['fail', 'advisory'])), nothing);
});
