// Names that have broken other programs, in the real page of every panel: they appear as they are, and make nothing else.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../scripts/lib/browser.ts';
import { escapeForTerminal } from '../../src/base/text.ts';
import { withPictures } from '../../src/extension/panels/picture-sections.ts';
import type { PanelDocument } from '../../src/extension/protocol.ts';
import { visible } from '../../src/extension/visible-text.ts';
import { drawPictures } from '../../src/report/pictures/draw-pictures.ts';
import { evaluated } from '../unit/checks/support/assess-rows.ts';
import { PANEL_DOCUMENTS } from '../unit/extension/named-documents.ts';
import { NAUGHTY_NAMES } from '../unit/naughty-strings.ts';
import { everyKind } from '../unit/report/pictures/support/every-kind.ts';
import { openPanel, type PanelPage } from './panel-page.ts';

/** What the panels' own script makes; anything else would have come out of a name. */
const OWN_SCRIPTS = 1;
const NEVER_MADE = 'iframe, object, embed, img, video, audio, form, base, meta[http-equiv=refresh], marquee, a[href]';

/** A page of all is slow to draw: every fifth, of another five in each kind of panel. Documents without a page hold all. */
const SHARE = 5;

/** Pictures are slower still; names with markup are the ones that could do harm. */
const FOR_PICTURES = NAUGHTY_NAMES.filter((name) => /[<&]/.test(name) && !/["\r\n]/.test(name) && name.trim() === name);
const PICTURES_DRAWN = 3;

/** One document with what those of all names show. */
function together(documents: readonly PanelDocument[]): PanelDocument {
  const [first = assert.fail()] = documents;
  const tables = documents.flatMap((document) => document.tables);
  return {
    ...{ ...first, title: 'Names', subtitle: documents.map(({ title, subtitle }) => title + subtitle).join(' ') },
    facts: documents.flatMap(({ facts }) => facts),
    tables: tables.map((table, index) => ({ ...table, id: `table-${index}` })),
    passages: documents.flatMap(({ passages = [] }) => passages),
  };
}

/** All texts of the page, whatever is folded away. */
function textsOf({ page }: PanelPage): Promise<string> {
  return page.evaluate(() => document.body.textContent);
}

async function assertHarmless(panel: PanelPage): Promise<void> {
  assert.equal(await panel.page.locator('script').count(), OWN_SCRIPTS);
  assert.equal(await panel.page.locator(NEVER_MADE).count(), 0);
  assert.deepEqual((await panel.seen()).violations, []);
}

describe('naughty names', { timeout: 300_000 }, () => {
  let browser: Browser;

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  for (const [index, [kind, make]] of Object.entries(PANEL_DOCUMENTS).entries()) {
    test(`stand in the page of the ${kind} panel as they are`, async () => {
      const panel = await openPanel(browser, { theme: 'dark', width: 1400 });
      panel.page.on('dialog', (dialog) => assert.fail(`a name ran as a script: ${dialog.message()}`));
      const names = NAUGHTY_NAMES.filter((_, at) => at % SHARE === index % SHARE);
      await panel.show(together(names.map(make)));
      const texts = await textsOf(panel);
      for (const name of names) {
        assert.ok(texts.includes(visible(name)) || texts.includes(escapeForTerminal(name)), JSON.stringify(name));
      }
      await assertHarmless(panel);
      await panel.close();
    });
  }

  test('stand in pictures as they are', async () => {
    const panel = await openPanel(browser, { theme: 'light', width: 600 });
    panel.page.on('dialog', (dialog) => assert.fail(`a name ran as a script: ${dialog.message()}`));
    const step = Math.ceil(FOR_PICTURES.length / PICTURES_DRAWN);
    for (const name of FOR_PICTURES.filter((_, index) => index % step === 0)) {
      const { plots, outcomes, policy } = await evaluated(everyKind(name, name));
      const context = { policy, outcomes: new Map(Object.entries(outcomes)) };
      const empty = { title: visible(name), subtitle: '', facts: [], tables: [], actions: [], footnotes: [] };
      await panel.show(withPictures(empty, drawPictures(plots, context)).document);
      // In a picture a long name is cut, but its tooltip has all of it.
      assert.ok((await textsOf(panel)).includes(escapeForTerminal(name)), JSON.stringify(name));
      await assertHarmless(panel);
    }
    assert.deepEqual(await panel.accessibilityViolations(), []);
    await panel.close();
  });
});
