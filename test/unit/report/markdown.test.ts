import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderAssessmentMarkdown } from '../../../src/report/assessment-markdown.ts';
import { escapeForMarkdown } from '../../../src/report/markdown-text.ts';
import { renderVerdictMarkdown } from '../../../src/report/verdict-markdown.ts';
import { APPROVED, assessment, EVERY_STATUS, HOSTILE, outcome, REFUSED } from './samples.ts';

test('untrusted text is one line without links, HTML, formatting, table cells or mentions', () => {
  const escaped = escapeForMarkdown(HOSTILE);
  assert.doesNotMatch(escaped, /\p{Cc}|\u202e/u);
  assert.doesNotMatch(escaped, /(?<!\\)[|<>[\]`]/);
  assert.doesNotMatch(escaped, /@team|https:\/\//);
  assert.equal(escapeForMarkdown('ana@acme.example signed it'), 'ana@acme.example signed it');
});

test('the assessment answers first, then one line a check', () => {
  const lines = renderAssessmentMarkdown(assessment(...EVERY_STATUS)).split('\n');
  assert.equal(lines[0], '## credit-risk / classifier');
  assert.match(lines[2] ?? '', /^\*\*✗ Some required checks are not ok\.\*\* 1 pass, 2 fail/);
  assert.equal(lines.filter((line) => line.startsWith('| ') && !line.startsWith('| --')).length, 9);
  assert.match(lines.join('\n'), /^\| ✗ fail \| bad \| 0\.5 \\\[0\.4, 0\.6\\\] \| ≥ 0\.8 \| It is fail\. \|$/m);
  assert.match(renderAssessmentMarkdown(assessment(outcome('good', 'pass'))), /\*\*✓ Every required check is ok\.\*\*/);
});

test('the verdict answers first, then why, who and what was ignored', () => {
  assert.match(renderVerdictMarkdown(APPROVED, 'production'), /^## ✓ Approved for production\n/);
  const refused = renderVerdictMarkdown(REFUSED, 'production');
  assert.match(refused, /^## ✗ Not approved for production\n\n- ben \(risk\) rejected this model: /);
  assert.match(refused, /^\| risk \| 0 of 1 \|$/m);
  assert.match(refused, /^Ignored:$/m);
});
