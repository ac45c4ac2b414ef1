// A person at VS Code, for walks through the real workbench in a browser. It starts VS Code the way `npm start` does
// (no test mode), so modal dialogs show and the keyboard works as it does for users.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/lib/browser.ts';
import { inRepository, repositoryRoot } from '../../scripts/lib/repository.mjs';
import { startVsCodeServer, type VsCodeServer } from '../../scripts/lib/vscode-server.ts';
import { accessibilityViolationsIn } from './accessibility.ts';

const WORKBENCH_TIMEOUT_MS = 60_000;
/** Generous: it costs nothing where all goes well, and a machine that does something else as well is slow. */
const ACTION_TIMEOUT_MS = 40_000;
const APPEARS_WITHIN_MS = 3_000;
/** Less than the least height of a view, so that no row is jumped over. */
const SCROLL_STEP = 60;
const SCROLL_SETTLE_MS = 150;
const QUESTION_POLL_MS = 50;
const MOST_ARROW_KEYS = 60;
const MOST_TAB_KEYS = 10;

const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
} as const;

export type Theme = keyof typeof themes;

export interface OpenOptions {
  /** The folder to open. */
  readonly folder: string;
  /** User settings, for example those of the sample workspace. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly theme?: Theme;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** `restricted` opens the folder untrusted, in Restricted Mode; `trusted` when absent. */
  readonly trust?: 'trusted' | 'restricted';
}

/** Opens VS Code with our extension and waits until a person could begin. */
export async function openVsCode(options: OpenOptions): Promise<VsCodePage> {
  const server = await startVsCodeServer({
    extensions: [repositoryRoot],
    settings: {
      'workbench.colorTheme': themes[options.theme ?? 'light'],
      'security.workspace.trust.enabled': options.trust === 'restricted',
      'security.workspace.trust.startupPrompt': 'never',
      'workbench.reduceMotion': 'on',
      'editor.cursorBlinking': 'solid',
      ...options.settings,
    },
  });
  try {
    const browser = await launchBrowser();
    const context = await browser.newContext({ viewport: options.viewport ?? { width: 1280, height: 800 } });
    const page = await context.newPage();
    page.setDefaultTimeout(ACTION_TIMEOUT_MS);
    await page.goto(`http://${server.host}/?folder=${encodeURI(options.folder)}`);
    await workbenchOf(page);
    return new VsCodePage(page, browser, server);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function workbenchOf(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: WORKBENCH_TIMEOUT_MS });
}

/** The workbench as a page object: what a person sees and does, never a selector. */
export class VsCodePage {
  /** For what this class has no word for yet. */
  readonly page: Page;
  readonly #browser: Browser;
  readonly #server: VsCodeServer;

  constructor(page: Page, browser: Browser, server: VsCodeServer) {
    this.page = page;
    this.#browser = browser;
    this.#server = server;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
  }

  /** What *Reload Window* does. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    // Not the browser's: VS Code keeps what panels chose only when it is asked to end.
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await workbenchOf(this.page);
  }

  /** Where the server keeps settings, logs and what extensions store. */
  get dataFolder(): string {
    return this.#server.dataFolder;
  }

  /** The same folder once more, in a window of its own; it closes with this one. */
  async openSecondWindow(): Promise<VsCodePage> {
    const page = await this.page.context().newPage();
    page.setDefaultTimeout(ACTION_TIMEOUT_MS);
    await page.goto(this.page.url());
    await workbenchOf(page);
    return new VsCodePage(page, this.#browser, this.#server);
  }

  /** Runs a command from the palette, by keyboard; `title` as shown there, for example `Model Signoff: Sign Off…`. */
  async runCommand(title: string): Promise<void> {
    const patience = performance.now() + ACTION_TIMEOUT_MS;
    // A window that is still loading misses the key, and an open palette never hears that a command became possible.
    while (!(await this.#isOffered(title)) && performance.now() < patience) await this.page.keyboard.press('Escape');
    // Recently used commands may rank above the one that is meant.
    await this.focusItem(title);
    await this.page.keyboard.press('Enter');
  }

  /** Opens the palette, and tells whether it lists the command. */
  async #isOffered(title: string): Promise<boolean> {
    await this.page.keyboard.press('F1');
    if (!(await appears(this.#quickInput))) return false;
    await this.#quickInputBox.fill(`>${title}`);
    return appears(this.quickPickItems.filter({ hasText: title }).first());
  }

  /** Goes down the open quick pick by arrow keys until the item is the focused one. */
  async focusItem(text: string): Promise<void> {
    await this.quickPickItems.filter({ hasText: text }).first().waitFor();
    const focused = this.quickPickItems.and(this.page.locator('.focused'));
    for (let presses = 0; presses < MOST_ARROW_KEYS; presses += 1) {
      if ((await focused.filter({ hasText: text }).count()) > 0) return;
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`The arrow keys don't come to “${text}”.`);
  }

  /** The rows of the open quick pick. */
  get quickPickItems(): Locator {
    return this.#quickInput.locator('.quick-input-list .monaco-list-row');
  }

  /** The texts of the open quick pick's rows, as a screen reader says them. */
  async readQuickPick(): Promise<string[]> {
    await this.quickPickItems.first().waitFor();
    return labelsOf(this.quickPickItems);
  }

  /** The open quick input's title, for example `Sign Off (2/4)`. */
  async quickInputTitle(): Promise<string> {
    await this.#quickInput.waitFor();
    return (await this.#quickInput.locator('.quick-input-title').textContent()) ?? '';
  }

  /** Types until the item is the chosen one, and presses Enter. */
  async pickItem(text: string): Promise<void> {
    await this.quickPickItems.filter({ hasText: text }).first().waitFor();
    await this.#quickInputBox.fill(text);
    await this.quickPickItems.filter({ hasText: text }).and(this.page.locator('.focused')).waitFor();
    await this.acceptAnswer();
  }

  /** Ticks rows of a quick pick that takes several, by arrow keys and Space, then accepts it. */
  async pickItems(texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      await this.focusItem(text);
      await this.page.keyboard.press('Space');
    }
    await this.acceptAnswer();
  }

  /** Answers an input box. */
  async typeAnswer(text: string): Promise<void> {
    await this.#quickInputBox.waitFor();
    await this.#quickInputBox.fill(text);
    await this.acceptAnswer();
  }

  /**
   * Presses Enter in the open quick input, and waits until its question has given way to the next one or to none. Questions
   * follow one another in the same widget: what is typed before that is an answer to the old one, or to none.
   */
  async acceptAnswer(): Promise<void> {
    const asked = await this.page.evaluate(questionOnScreen);
    await this.page.keyboard.press('Enter');
    const patience = performance.now() + ACTION_TIMEOUT_MS;
    while ((await this.page.evaluate(questionOnScreen)) === asked) {
      if (performance.now() > patience) throw new Error(`The answer to “${asked}” isn't taken.`);
      await this.page.waitForTimeout(QUESTION_POLL_MS);
    }
  }

  /** Waits for a step of what is asked in several, by its number in the title: `Sign Off (2/4)`. */
  async atStep(step: number): Promise<void> {
    await this.#quickInput.locator('.quick-input-title', { hasText: `(${step}/` }).waitFor();
  }

  /** Shows our container, by keyboard. */
  async showContainer(title = 'Model Signoff'): Promise<void> {
    const icon = this.page.locator('.activitybar').getByRole('tab', { name: title });
    // The command is there as soon as the icon is, and a palette that is open before that doesn't learn of it.
    await icon.waitFor();
    if ((await icon.getAttribute('aria-selected')) === 'true') return;
    await this.runCommand(`View: Show ${title}`);
    await icon.and(this.page.locator('[aria-selected="true"]')).waitFor();
  }

  /** The rows of one of our views, by the view's name. */
  treeRows(view: string): Locator {
    return this.#view(view).locator('.monaco-list-row');
  }

  /** All rows' texts, as a screen reader says them; waits for the first, and scrolls, because only seen rows exist. */
  async readTree(view: string): Promise<string[]> {
    const rows = this.treeRows(view);
    await rows.first().waitFor();
    await this.#view(view).locator('.monaco-list').hover();
    await this.#scrollToTop(rows);
    const labels = new Map<number, string>();
    let known = -1;
    while (labels.size > known) {
      known = labels.size;
      for (const row of await rows.all()) {
        labels.set(Number(await row.getAttribute('data-index')), (await row.getAttribute('aria-label')) ?? '');
      }
      await this.#scroll(SCROLL_STEP);
    }
    await this.#scrollToTop(rows);
    return [...labels].sort(([a], [b]) => a - b).map(([, label]) => label);
  }

  /** Goes down one of our views by arrow keys, from its first row, until the row that holds the text is the focused one. */
  async focusTreeRow(view: string, text: string): Promise<void> {
    await this.#focusView(view);
    await this.page.keyboard.press('Home');
    const focused = this.treeRows(view).and(this.page.locator('.focused'));
    for (let presses = 0; presses < MOST_ARROW_KEYS; presses += 1) {
      await focused.first().waitFor();
      if ((await focused.filter({ hasText: text }).count()) > 0) return;
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`The arrow keys don't come to “${text}”.`);
  }

  async expandTreeRow(view: string, text: string): Promise<void> {
    await this.focusTreeRow(view, text);
    const row = this.treeRows(view).and(this.page.locator('.focused'));
    if ((await row.getAttribute('aria-expanded')) === 'false') await this.page.keyboard.press('ArrowRight');
  }

  /** What a view says while it has no rows. */
  async readWelcome(view: string): Promise<string> {
    const welcome = this.#view(view).locator('.welcome-view-content');
    await welcome.waitFor();
    return welcome.innerText();
  }

  /** The text of the modal dialog; waits for it. */
  async readModal(): Promise<string> {
    await this.#modal.waitFor();
    return this.#modal.locator('.dialog-message-row').innerText();
  }

  /** Presses Enter once the modal has the keyboard; that goes to its first button. Resolves when the modal is gone. */
  async acceptModal(): Promise<void> {
    await this.#modal.locator('.monaco-button:focus').waitFor();
    await this.page.keyboard.press('Enter');
    await this.#modal.waitFor({ state: 'hidden' });
  }

  /** Goes to the button of the modal dialog by the Tab key, and presses Enter. */
  async pressModalButton(label: string): Promise<void> {
    await this.#modal.waitFor();
    const button = this.#modal.getByRole('button', { name: label, exact: true });
    for (let presses = 0; presses < MOST_TAB_KEYS; presses += 1) {
      if (await button.evaluate((element) => element === document.activeElement)) break;
      await this.page.keyboard.press('Tab');
    }
    await this.page.keyboard.press('Enter');
    await this.#modal.waitFor({ state: 'hidden' });
  }

  /** Waits for a notification that holds the text, and returns all of it. */
  async readNotification(text: string): Promise<string> {
    const notification = this.page.locator('.notification-list-item').filter({ hasText: text }).first();
    await notification.waitFor();
    return notification.innerText();
  }

  /** Presses the first button of the notification that holds the text, by VS Code's key for it. */
  async pressNotificationButton(text: string, label: string): Promise<void> {
    const notification = this.page.locator('.notification-list-item').filter({ hasText: text });
    await notification.getByRole('button', { name: label, exact: true }).waitFor();
    await this.page.keyboard.press('ControlOrMeta+Shift+A');
    await notification.waitFor({ state: 'detached' });
  }

  /** The status-bar entry that holds the text. */
  statusBarItem(text: string): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text }).first();
  }

  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+P');
    await this.#quickInput.waitFor();
    await this.#quickInputBox.fill(name);
    await this.quickPickItems.filter({ hasText: name }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.tab.active').filter({ hasText: name }).waitFor();
  }

  /** Puts the cursor into the open file; lines and columns count from 1. */
  async goToLine(line: number, column = 1): Promise<void> {
    await this.page.keyboard.press('Control+G');
    await this.#quickInputBox.waitFor();
    await this.#quickInputBox.fill(`:${line},${column}`);
    // Before VS Code has understood the line, Enter does nothing.
    await this.quickPickItems
      .filter({ hasText: `line ${line}` })
      .first()
      .waitFor();
    await this.page.keyboard.press('Enter');
    await this.#quickInput.waitFor({ state: 'hidden' });
  }

  /** The content of the visible panel (webview). */
  get panel(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** Keeps a picture in test-results/ and returns its path. */
  async screenshot(name: string): Promise<string> {
    const folder = inRepository('test-results');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  /** For `afterEach`: keeps what was on the screen when a test failed. */
  async screenshotOfFailure(context: object): Promise<void> {
    if (!('passed' in context && context.passed === false && 'name' in context)) return;
    const name = String(context.name).replaceAll(/\W+/g, '-');
    console.error(`The screen when it failed: ${await this.screenshot(`failed-${name}`)}`);
  }

  /** What axe-core has to say about the visible panel. */
  accessibilityViolations(): Promise<readonly string[]> {
    return accessibilityViolationsIn(this.panel.locator('html'));
  }

  /** A view that is just drawn anew may lose the keyboard again, so that it is given more than once. */
  async #focusView(view: string): Promise<void> {
    const patience = performance.now() + ACTION_TIMEOUT_MS;
    const list = this.#view(view).locator('.monaco-list:focus');
    for (;;) {
      await this.runCommand(`Model Signoff: Focus on ${view} View`);
      if (await appears(list)) return;
      if (performance.now() > patience) throw new Error(`The view ${view} doesn't take the keyboard.`);
    }
  }

  /** In steps: VS Code takes one long turn of the wheel for none. */
  async #scrollToTop(rows: Locator): Promise<void> {
    const first = rows.and(this.page.locator('[data-index="0"]'));
    while ((await first.count()) === 0) await this.#scroll(-SCROLL_STEP);
    await this.#scroll(-SCROLL_STEP);
  }

  async #scroll(pixels: number): Promise<void> {
    await this.page.mouse.wheel(0, pixels);
    await this.page.waitForTimeout(SCROLL_SETTLE_MS);
  }

  get #quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  get #quickInputBox(): Locator {
    return this.#quickInput.locator('.quick-input-box input');
  }

  get #modal(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  #view(name: string): Locator {
    const header = this.page
      .locator('.pane-header')
      .filter({ has: this.page.locator(`.title`, { hasText: exactly(name) }) });
    return this.page.locator('.pane').filter({ has: header });
  }
}

/** In the page: what the quick input asks, told from the next question by its title and texts; nothing when it is closed. */
function questionOnScreen(): string {
  const widget = document.querySelector<HTMLElement>('.quick-input-widget');
  if (widget === null || widget.style.display === 'none') return '';
  const read = (selector: string): string => widget.querySelector(selector)?.textContent ?? '';
  const box = widget.querySelector('.quick-input-box input');
  return [read('.quick-input-title'), box?.getAttribute('placeholder') ?? '', read('.quick-input-message')].join(' | ');
}

function appears(what: Locator): Promise<boolean> {
  return what.waitFor({ timeout: APPEARS_WITHIN_MS }).then(
    () => true,
    () => false,
  );
}

async function labelsOf(rows: Locator): Promise<string[]> {
  const labels: string[] = [];
  for (const row of await rows.all()) labels.push((await row.getAttribute('aria-label')) ?? (await row.innerText()));
  return labels;
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'i');
}
