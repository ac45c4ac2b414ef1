// A panel in a plain page of Chromium: the built page, its Content-Security-Policy and the theme's variables are those
// of the real editor, and a stand-in takes what the panel says. Much faster than a whole VS Code for each theme.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { inRepository } from '../../scripts/lib/repository.mjs';
import { panelPage } from '../../src/extension/panels/panel-page.ts';
import type { FromPanel, PanelDocument, ToPanel } from '../../src/extension/protocol.ts';
import { accessibilityViolationsIn } from './accessibility.ts';
import type { Theme } from './harness.ts';

const ORIGIN = 'https://panel.test';
const NONCE = 'bm9uY2Ugb2YgdGhlIHRlc3Q=';

interface Recorded {
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}
const recorded = JSON.parse(readFileSync(new URL('themes.json', import.meta.url), 'utf8')) as Record<Theme, Recorded>;

export interface PanelOptions {
  readonly theme: Theme;
  readonly width: number;
  readonly height?: number;
  /** What the editor kept of an earlier page. */
  readonly state?: unknown;
}

/** What the stand-in for the editor saw. */
interface Seen {
  readonly messages: readonly FromPanel[];
  readonly violations: readonly string[];
  readonly state: unknown;
}

export class PanelPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** As the host sends it. */
  async show(document: PanelDocument, notice = ''): Promise<void> {
    const message: ToPanel = { type: 'show', document, panel: { kind: 'metrics', about: [] }, notice };
    // Its type is deeper than the compiler follows through two functions.
    await this.page.evaluate((sent) => window.postMessage(sent, '*'), message as object);
    await this.page.getByRole('heading', { level: 1, name: document.title }).waitFor();
  }

  seen(): Promise<Seen> {
    return this.page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
  }

  /** What axe-core finds wrong, one line each. */
  accessibilityViolations(): Promise<readonly string[]> {
    return accessibilityViolationsIn(this.page.locator('html'));
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}

export async function openPanel(browser: Browser, options: PanelOptions): Promise<PanelPage> {
  const context = await browser.newContext({
    viewport: { width: options.width, height: options.height ?? 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const html = panelPage({
    scriptUri: `${ORIGIN}/document.js`,
    styleUri: `${ORIGIN}/document.css`,
    cspSource: ORIGIN,
    nonce: NONCE,
    language: 'en',
    title: 'Panel',
  });
  const file = (name: string): string => readFileSync(inRepository('dist', 'webview', name), 'utf8');
  await page.route(`${ORIGIN}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/document.js')
      return route.fulfill({ contentType: 'text/javascript', body: file('document.js') });
    if (pathname === '/document.css') return route.fulfill({ contentType: 'text/css', body: file('document.css') });
    return route.fulfill({ contentType: 'text/html', body: html });
  });
  await page.addInitScript(standIn, { ...recorded[options.theme], state: options.state });
  await page.goto(`${ORIGIN}/`);
  return new PanelPage(page);
}

/** Runs in the page, before its own script. */
function standIn({ bodyClass, variables, state }: Recorded & { readonly state: unknown }): void {
  const seen = { messages: [] as unknown[], violations: [] as string[], state };
  Object.assign(globalThis, {
    seen,
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => seen.messages.push(message),
      getState: () => seen.state,
      setState: (next: unknown) => {
        seen.state = next;
      },
    }),
  });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
    seen.violations.push(`${violatedDirective} ${blockedURI} ${sourceFile}`),
  );
  document.addEventListener('DOMContentLoaded', () => {
    document.body.className = bodyClass;
    for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
  });
}
