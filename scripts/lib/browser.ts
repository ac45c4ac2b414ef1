import { type Browser, chromium } from 'playwright-core';
import { requireTool, systemTools } from './system-tools.mjs';

/** A headless Chromium that asks nothing of the network. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: requireTool(systemTools.chromium),
    args: [
      // Chromium's sandbox refuses to run as root, which containers are.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
