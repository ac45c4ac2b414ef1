// Names come from anybody. Whatever a model, a run, a check or a person is called stands there literally, everywhere.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { marked } from 'marked';
import type { Verdict } from '../../../src/approval/verdict.ts';
import { escapeForTerminal } from '../../../src/base/text.ts';
import type { Outcome } from '../../../src/checks/outcome.ts';
import { renderAssessmentMarkdown } from '../../../src/report/assessment-markdown.ts';
import { renderAssessmentText } from '../../../src/report/assessment-text.ts';
import { PLAIN_STYLE } from '../../../src/report/terminal-style.ts';
import { renderVerdictMarkdown } from '../../../src/report/verdict-markdown.ts';
import { renderVerdictText } from '../../../src/report/verdict-text.ts';
import { NAUGHTY_NAMES } from '../naughty-strings.ts';
import { APPROVED, assessment, outcome } from './samples.ts';

function named(name: string) {
  const check: Outcome = { ...outcome(name, 'fail'), title: name, message: name };
  return { ...assessment(check), project: name, model: name, run: { id: name, name, source: name } };
}

function refusedFor(name: string): Verdict {
  return {
    ...APPROVED,
    approved: false,
    approvals: APPROVED.approvals.map((approval) => ({ ...approval, person: name, role: name })),
    reasons: [{ code: 'rejected', message: name }],
    quorum: { [name]: { need: 1, have: 0 } },
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' },
  // Stands between what would be a mention or a list, and is not seen.
  '&#8203;': '',
};

/** The texts of HTML as a browser would show them, and the markup without them. */
function apart(html: string): { readonly texts: string; readonly markup: string } {
  const texts = html.replaceAll(/<[^>]*>/g, '').replaceAll(/&[a-z#0-9]+;/g, (entity) => ENTITIES[entity] ?? entity);
  return { texts, markup: html.replaceAll(/>[^<]*</g, '><') };
}

describe('the naughty strings', () => {
  test('stand in a terminal as they are, and can’t move the cursor', () => {
    for (const name of NAUGHTY_NAMES) {
      const shown = escapeForTerminal(name);
      for (const text of [
        renderAssessmentText(named(name), PLAIN_STYLE),
        renderVerdictText(refusedFor(name), name, PLAIN_STYLE),
      ]) {
        assert.ok(text.includes(shown), JSON.stringify(name));
        assert.doesNotMatch(text.replaceAll('\n', ''), /\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u, JSON.stringify(name));
      }
    }
  });

  test('stand in Markdown as they are, and make nothing but text', () => {
    const harmless = [renderAssessmentMarkdown(named('credit')), renderVerdictMarkdown(refusedFor('credit'), 'credit')];
    const markups = harmless.map((text) => apart(marked.parse(text, { async: false })).markup);
    for (const name of NAUGHTY_NAMES) {
      const shown = escapeForTerminal(name).trim();
      for (const [index, text] of [
        renderAssessmentMarkdown(named(name)),
        renderVerdictMarkdown(refusedFor(name), name),
      ].entries()) {
        const { texts, markup } = apart(marked.parse(text, { async: false }));
        assert.equal(markup, markups[index], JSON.stringify(name));
        assert.ok(texts.includes(shown), `${JSON.stringify(name)} in ${texts}`);
      }
    }
  });
});
