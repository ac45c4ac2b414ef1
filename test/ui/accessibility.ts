import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Locator } from 'playwright-core';

/** What axe-core finds wrong in a part of a page or frame, one line each. */
export async function accessibilityViolationsIn(root: Locator): Promise<readonly string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const handle = await root.elementHandle();
  const frame = await handle?.ownerFrame();
  if (!handle || !frame) throw new Error('There is nothing to look at.');
  // As text through the debugger's door, which the panel's Content-Security-Policy doesn't bar.
  await frame.evaluate(`${source}; 0`);
  return handle.evaluate(async (element) => {
    interface Axe {
      run(root: Element, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    }
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(element as Element, {
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`));
  });
}
