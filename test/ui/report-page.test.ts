// The report that is saved for the audit's archive, in a plain page of Chromium: axe-core in both themes, no script, and
// paper on which nothing is cut off.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/lib/browser.ts';
import { inEnglish } from '../../src/base/translate.ts';
import { renderAssessmentHtml } from '../../src/report/html/assessment-html.ts';
import { drawPictures } from '../../src/report/pictures/draw-pictures.ts';
import { evaluated } from '../unit/checks/support/assess-rows.ts';
import { everyKind } from '../unit/report/pictures/support/every-kind.ts';
import { materialOf } from '../unit/report/report-samples.ts';
import { accessibilityViolationsIn } from './accessibility.ts';

/** A4 less its margins, in the pixels of CSS. */
const PAPER = { width: Math.floor((178 / 25.4) * 96), height: Math.floor((259 / 25.4) * 96) };

async function reportOfEveryKind(name: string): Promise<string> {
  const { plots, outcomes, policy } = await evaluated(everyKind(name, 'column'));
  const pictures = drawPictures(plots, { policy, outcomes: new Map(Object.entries(outcomes)) });
  const material = materialOf(name, Object.values(outcomes));
  return renderAssessmentHtml({ material, pictures, language: 'en', t: inEnglish });
}

describe('the saved report', { timeout: 300_000 }, () => {
  let browser: Browser;
  let report: string;
  before(async () => {
    browser = await launchBrowser();
    report = await reportOfEveryKind('קבוצה 2');
  });
  after(() => browser?.close());

  async function opened(options: Parameters<Browser['newContext']>[0]): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage();
    await page.setContent(report);
    return page;
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`breaks none of axe-core’s rules in ${colorScheme} with its tables open, and fits a narrow window`, async () => {
      // What checks the page is a script itself; the page's own policy allows none.
      const page = await opened({ colorScheme, bypassCSP: true, viewport: { width: 1400, height: 900 } });
      await page.screenshot({ path: `test-results/report-${colorScheme}-1400.png`, fullPage: true });
      await page.setViewportSize({ width: 600, height: 900 });
      await page.locator('details').evaluateAll((all) => {
        for (const each of all) (each as HTMLDetailsElement).open = true;
      });
      assert.deepEqual(await accessibilityViolationsIn(page.locator('html')), []);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide`);
      await page.screenshot({ path: `test-results/report-${colorScheme}-600.png`, fullPage: true });
      await page.context().close();
    });
  }

  test('has nothing on paper that is wider than its place, and tables that a printer keeps with their picture', async () => {
    const page = await opened({ viewport: PAPER });
    await page.emulateMedia({ media: 'print' });
    const wide = await page.locator('figure table, figure svg, main > section table').evaluateAll((all) =>
      all
        .map((each) => ({ each, place: each.closest('figure, main') as Element }))
        .filter(({ each, place }) => each.getBoundingClientRect().right > place.getBoundingClientRect().right)
        .map(({ each }) => each.textContent.slice(0, 80)),
    );
    assert.deepEqual(wide, []);
    const broken = await page
      .locator('figure:not(.tall), .drawn')
      .evaluateAll((all) => all.filter((each) => getComputedStyle(each).breakInside !== 'avoid').length);
    assert.equal(broken, 0);
    await page.context().close();
  });
});
