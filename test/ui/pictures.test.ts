// The metrics panel in a plain page of Chromium, in every theme: its Content-Security-Policy, axe-core, the keyboard, the
// slider, what is copied, and what stays when the page is made anew.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../scripts/lib/browser.ts';
import { inEnglish, type Translate } from '../../src/base/translate.ts';
import { withPictures } from '../../src/extension/panels/picture-sections.ts';
import type { PanelDocument } from '../../src/extension/protocol.ts';
import { drawPictures } from '../../src/report/pictures/draw-pictures.ts';
import type { Picture } from '../../src/report/pictures/picture.ts';
import { evaluated } from '../unit/checks/support/assess-rows.ts';
import { PANEL_DOCUMENTS } from '../unit/extension/named-documents.ts';
import { everyKind } from '../unit/report/pictures/support/every-kind.ts';
import { FURTHER_KINDS } from '../unit/report/pictures/support/further-kinds.ts';
import { crowdedTexts } from './crowded-text.ts';
import type { Theme } from './harness.ts';
import { openPanel } from './panel-page.ts';

const HOSTILE = '<img src=x onerror=alert(1)> שלום "';
const themes: readonly Theme[] = ['light', 'dark', 'high-contrast', 'high-contrast-light'];

async function documentOf(group: string, column: string): Promise<PanelDocument> {
  const { plots, outcomes, policy } = await evaluated(everyKind(group, column));
  const context = { policy, outcomes: new Map(Object.entries(outcomes)) };
  const empty = { title: `Metrics: ${group}`, subtitle: column, facts: [], tables: [], actions: [], footnotes: [] };
  return withPictures(empty, drawPictures(plots, context)).document;
}

/** Two thirds longer than English, as the longest translations are. */
const inLongWords: Translate = (message, ...values) =>
  inEnglish(
    message.replaceAll(/[A-Za-z’]{3,}/g, (word) => word + 'äéöñßçøåü'.slice(0, Math.ceil(word.length * 0.65))),
    ...values,
  );

/** A document with the pictures of every kind of plot. */
async function documentOfAllKinds(t: Translate): Promise<PanelDocument> {
  const longName = 'Wide_name_of_a_machine_Made_IdentifieR_2026';
  const cases = { 'long names': everyKind(longName, longName), ...FURTHER_KINDS };
  const pictures: Picture[] = [];
  for (const [name, each] of Object.entries(cases)) {
    const { plots, outcomes, policy } = await evaluated(each);
    const drawn = drawPictures(plots, { policy, outcomes: new Map(Object.entries(outcomes)), t });
    pictures.push(
      ...drawn.flatMap((section) =>
        section.pictures.map((made) => ({ ...made, id: `${name}/${made.id}`, title: `${name}: ${made.title}` })),
      ),
    );
  }
  const empty = { title: 'All kinds', subtitle: '', facts: [], tables: [], actions: [], footnotes: [] };
  return withPictures(empty, [{ id: 'all', title: 'All', pictures }]).document;
}

describe('the metrics panel', { timeout: 600_000 }, () => {
  let browser: Browser;
  let shown: PanelDocument;

  before(async () => {
    browser = await launchBrowser();
    shown = await documentOf(HOSTILE, 'column');
  });
  after(() => browser?.close());

  for (const theme of themes) {
    test(`breaks no rule of its policy and none of axe-core’s in the theme ${theme}, nor do the other panels`, async () => {
      const panel = await openPanel(browser, { theme, width: 1400 });
      await panel.show(shown);
      assert.deepEqual(await panel.accessibilityViolations(), []);
      assert.deepEqual((await panel.seen()).violations, []);
      await panel.page.screenshot({ path: `test-results/metrics-${theme}-1400.png`, fullPage: true });
      await panel.page.setViewportSize({ width: 600, height: 900 });
      const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide`);
      await panel.page.screenshot({ path: `test-results/metrics-${theme}-600.png`, fullPage: true });
      for (const kind of ['report', 'comparison', 'verdict', 'review'] as const) {
        await panel.show(PANEL_DOCUMENTS[kind]?.(`${kind} of a model`) ?? assert.fail(kind));
        assert.deepEqual(await panel.accessibilityViolations(), [], kind);
      }
      assert.deepEqual((await panel.seen()).violations, []);
      await panel.close();
    });
  }

  test('breaks none of axe-core’s rules with its tables open, either', async () => {
    const panel = await openPanel(browser, { theme: 'light', width: 600 });
    const sections = shown.pictures?.sections.map((section) => ({
      ...section,
      pictures: section.pictures.slice(0, 2),
    }));
    await panel.show({
      ...shown,
      pictures: { words: shown.pictures?.words ?? assert.fail(), sections: sections ?? [] },
    });
    for (const button of await panel.page.getByText('Table', { exact: true }).all()) await button.click();
    assert.ok((await panel.page.locator('.data-table table').count()) > 5);
    assert.deepEqual(await panel.accessibilityViolations(), []);
    await panel.close();
  });

  test('lets no text of a picture leave it or lie over another, even in long translations', async () => {
    const panel = await openPanel(browser, { theme: 'light', width: 1400 });
    await panel.show(await documentOfAllKinds(inLongWords));
    assert.ok((await panel.page.locator('svg.picture').count()) > 30);
    assert.deepEqual(await panel.accessibilityViolations(), []);
    assert.deepEqual(await crowdedTexts(panel), []);
    await panel.close();
  });

  test('keeps what the slider reads a table where there is little room', async () => {
    const panel = await openPanel(browser, { theme: 'light', width: 600 });
    await panel.show(shown);
    const readings = panel.page.locator('.readings');
    assert.ok(await readings.getByRole('columnheader', { name: 'At this threshold' }).isVisible());
    const tops = await readings
      .locator('tr')
      .nth(1)
      .locator('th, td')
      .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().top));
    assert.equal(new Set(tops).size, 1, `${tops}`);
    await panel.close();
  });

  test('shows names as text', async () => {
    const panel = await openPanel(browser, { theme: 'dark', width: 1400 });
    await panel.show(shown);
    assert.equal(await panel.page.locator('img').count(), 0);
    const group = panel.page.locator('svg text', { hasText: '<img src=x onerr' });
    assert.ok((await group.count()) > 0);
    await panel.close();
  });

  test('lets the keyboard visit the points of a picture, one stop of the Tab key each', async () => {
    const panel = await openPanel(browser, { theme: 'light', width: 1400 });
    await panel.show(shown);
    const card = panel.page.locator('figure', { hasText: 'Confusion matrix' }).first();
    const marks = card.locator('.mark');
    assert.equal(await card.locator('.mark[tabindex="0"]').count(), 1);
    await marks.first().focus();
    const first = await card.locator('.readout').innerText();
    await panel.page.keyboard.press('ArrowRight');
    assert.notEqual(await card.locator('.readout').innerText(), first);
    const focused = () => panel.page.evaluate(() => document.activeElement?.textContent);
    await panel.page.keyboard.press('Tab');
    assert.equal(await focused(), 'Table');
    await panel.page.keyboard.press('Shift+Tab');
    await panel.page.keyboard.press('Shift+Tab');
    assert.equal(await focused(), 'Copy CSV');
    await marks.nth(1).focus();
    await panel.page.keyboard.press('End');
    assert.equal(
      await card.locator('.mark[tabindex="0"]').getAttribute('aria-label'),
      await marks.last().getAttribute('aria-label'),
    );
    await panel.close();
  });

  test('the slider shows every metric at a threshold, and comes back to the policy’s', async () => {
    const panel = await openPanel(browser, { theme: 'light', width: 1400 });
    await panel.show(shown);
    const card = panel.page.locator('figure.wide');
    const recall = card.locator('tr', { hasText: 'Recall' }).first().locator('td').first();
    const atPolicy = await recall.innerText();
    assert.match(await card.locator('output').innerText(), /^0\.5 \(The policy’s\)$/);
    await card.locator('input[type=range]').focus();
    for (let step = 0; step < 30; step += 1) await panel.page.keyboard.press('ArrowLeft');
    assert.equal(await card.locator('output').innerText(), '0.2');
    assert.notEqual(await recall.innerText(), atPolicy);
    assert.match((await card.locator('[data-mark=slider]').getAttribute('transform')) ?? '', /^translate\(13\d/);
    await card.getByText('Back to the policy’s threshold').click();
    assert.equal(await recall.innerText(), atPolicy);
    assert.deepEqual((await panel.seen()).messages, [{ type: 'ready' }]);
    await panel.close();
  });

  test('copies a picture as PNG, SVG and CSV', async () => {
    const panel = await openPanel(browser, { theme: 'dark', width: 1400 });
    await panel.show(shown);
    const card = panel.page.locator('figure', { hasText: 'ROC curve' }).first();
    await card.getByRole('button', { name: 'Copy SVG: ROC curve of d' }).click();
    await card.getByText('Copied.').waitFor();
    const svg = await panel.page.evaluate(() => navigator.clipboard.readText());
    assert.match(svg, /^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.match(svg, /^<svg [^>]*aria-label="ROC curve of d"/);
    assert.doesNotMatch(svg, /class=|style=|color\(|var\(|<script/);
    assert.match(svg, /stroke="rgb\(\d+, \d+, \d+\)"/);
    await card.getByRole('button', { name: 'Copy PNG: ROC curve of d' }).click();
    await card.getByText('Copied.').waitFor();
    const png = await panel.page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const blob = await item?.getType('image/png');
      return blob === undefined ? 0 : (await createImageBitmap(blob)).width;
    });
    assert.equal(png, (480 + 24) * 2);
    await card.getByRole('button', { name: 'Copy CSV: ROC curve of d' }).click();
    assert.deepEqual((await panel.seen()).messages.at(-1), { type: 'copy', picture: 'roc/d' });
    assert.deepEqual((await panel.seen()).violations, []);
    await panel.close();
  });

  test('keeps what was chosen when the page is made anew, and takes no state that is none', async () => {
    const before = await openPanel(browser, { theme: 'light', width: 1400 });
    await before.show(shown);
    await before.page.getByRole('heading', { level: 2, name: 'Explanation' }).click();
    await before.page.locator('figure.wide input[type=range]').fill('10');
    await before.page.locator('figure', { hasText: 'Calibration' }).getByText('Table', { exact: true }).click();
    const { state } = await before.seen();
    await before.close();
    const again = await openPanel(browser, { theme: 'light', width: 1400, state });
    await again.show(shown);
    assert.equal(await again.page.locator('details:not([open]) h2').innerText(), 'Explanation');
    assert.equal(await again.page.locator('figure.wide input[type=range]').inputValue(), '10');
    assert.equal(await again.page.locator('.data-table table').count(), 1);
    await again.close();
    const strange = { filter: 7, closed: 'all', tables: [{}], thresholds: [null], answered: 'x' };
    const odd = await openPanel(browser, { theme: 'light', width: 1400, state: strange });
    await odd.show(shown);
    assert.equal(await odd.page.locator('details:not([open])').count(), 0);
    await odd.close();
  });

  test('brings the picture that was asked for into view, once', async () => {
    const panel = await openPanel(browser, { theme: 'light', width: 600 });
    const focus = { picture: 'drift/drift', request: 1 };
    await panel.show({ ...shown, focus });
    const top = () => panel.page.locator('[id="drift/drift"]').evaluate((card) => card.getBoundingClientRect().top);
    assert.ok(Math.abs(await top()) < 60, `${await top()}`);
    await panel.page.evaluate(() => scrollTo(0, 0));
    await panel.show({ ...shown, focus });
    assert.ok((await top()) > 60);
    await panel.close();
  });
});
