import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { escapeForTerminal } from '../../../src/base/text.ts';
import { inEnglish } from '../../../src/base/translate.ts';
import { renderAssessmentHtml } from '../../../src/report/html/assessment-html.ts';
import { html, htmlText } from '../../../src/report/html/html-element.ts';
import { escapeXml } from '../../../src/report/pictures/svg-text.ts';
import { NAUGHTY_STRINGS } from '../naughty-strings.ts';
import { materialOf, picturesOf } from './report-samples.ts';
import { assessment, EVERY_STATUS, HOSTILE } from './samples.ts';

function page(name: string): string {
  const report = { material: materialOf(name), pictures: picturesOf(name), language: 'en', t: inEnglish };
  return renderAssessmentHtml(report);
}

/** The page without its texts: what is left is what a browser takes for markup. */
function markupOf(text: string): string {
  const [, afterStyle = ''] = text.split('</style>');
  return afterStyle.replaceAll(/>[^<]*</g, '><').replaceAll(/"[^"]*"/g, '""');
}

describe('the HTML report', () => {
  test('is the same bytes for the same inputs', () => {
    assert.equal(page('credit'), page('credit'));
  });

  test('allows nothing but its own style sheet, named by its digest', () => {
    const text = page(HOSTILE);
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text) ?? [];
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(text) ?? [];
    const digest = createHash('sha256').update(style).digest('base64');
    assert.equal(policy, `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`);
    assert.equal(text.match(/<style/g)?.length, 1);
    assert.doesNotMatch(text, /<script|<link|<img|<iframe|<form|<object|\sstyle=|\son\w+=|\ssrc=|@import|url\(/i);
    assert.deepEqual([...text.matchAll(/href="([^#][^"]*)"/g)], []);
  });

  test('tells who signed and who did not, what they said, why it is not approved, and how to find out', () => {
    const text = page('credit');
    for (const said of [
      'accepted',
      'waived until 2026-07-01',
      'attested',
      'statement c',
      'one of other credit',
      'Why it is not approved',
      'Statements that do not count',
      'Rejections and revocations',
      'in force',
      'signoff verify --run credit --environment production --trusted-ref &lt;protected-branch&gt;',
      `git show ${'9'.repeat(40)}:credit | sha256sum`,
      'Signatures judged on 2026-06-11 (UTC), as of commit 9',
      `Assessment sha256 ${'d'.repeat(64)}.`,
    ])
      assert.ok(text.includes(said), said);
  });

  test('names every status by symbol and word', () => {
    const material = { ...materialOf('credit'), assessment: assessment(...EVERY_STATUS), record: undefined };
    const text = renderAssessmentHtml({ material, pictures: [], language: 'en', t: inEnglish });
    for (const [symbol, word] of [
      ['✓', 'pass'],
      ['✗', 'fail'],
      ['?', 'uncertain'],
      ['!', 'not evaluable'],
      ['…', 'pending'],
      ['~', 'waived'],
      ['–', 'not applicable'],
    ])
      assert.ok(text.includes(`aria-hidden="true">${symbol} </span>${word}</td>`), word);
    assert.match(text, /approvals can’t be read here/);
  });

  test('takes no name for markup', () => {
    assert.equal(markupOf(page(HOSTILE)), markupOf(page('credit')));
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page('</style><script>alert(1)</script>"; } *')) ?? [];
    assert.ok(style.includes('content: "\\3c \\2f style\\3e \\3c script\\3e alert\\28 1\\29 '));
  });

  test('shows the naughty strings as they are', () => {
    const harmless = markupOf(page('credit'));
    for (const naughty of NAUGHTY_STRINGS) {
      // What runs from right to left is set apart in the midst of it.
      const text = page(naughty).replaceAll(/<\/?bdi>|<span>(?=[^<]*<bdi>)|(?<=<\/bdi>[^<]*)<\/span>/g, '');
      const shown = escapeXml(escapeForTerminal(naughty));
      assert.equal(markupOf(text), harmless, naughty);
      assert.ok(text.split(shown).length > 40, naughty);
    }
  });

  test('keeps names that run from right to left from reordering what is said of them', () => {
    const text = htmlText(html('p', {}, 'קבוצה <b> 0.5 ≥ 0.8'));
    assert.equal(text, '<p><span><bdi>קבוצה</bdi> &lt;b&gt; 0.5 ≥ 0.8</span></p>');
    assert.equal(htmlText(html('title', {}, 'קבוצה')), '<title>קבוצה</title>');
  });

  test('is made of nothing that loads, runs or leads away', () => {
    assert.throws(() => htmlText(html('a', { href: 'https://evil.example' })), /links to nothing/);
    assert.throws(() => htmlText(html('a', { href: 'javascript:x' })), /links to nothing/);
    assert.throws(() => htmlText({ tag: 'script' as never, attributes: {}, children: [] }), /“script”/);
    assert.throws(() => htmlText(html('p', { onclick: 'x' } as never)), /“onclick”/);
  });
});
