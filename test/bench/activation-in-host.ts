// Runs inside VS Code, in place of the host tests.
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';

const SETTLE_MS = 4000;

export async function run(): Promise<void> {
  // VS Code goes on starting for a while after it calls us, on the same thread.
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  // The first extension of all pays for VS Code's own loading of modules.
  await timeActivation('bench.empty-1');
  const empty = await timeActivation('bench.empty-2');
  const ours = await timeActivation('model-signoff.model-signoff');
  writeFileSync(process.env['MODEL_SIGNOFF_TEST_RESULTS'] ?? '', JSON.stringify({ ours, empty }));
}

async function timeActivation(id: string): Promise<number> {
  const extension = vscode.extensions.getExtension(id);
  if (!extension || extension.isActive) throw new Error(`${id} is missing, or was active before it was timed.`);
  const start = performance.now();
  await extension.activate();
  return performance.now() - start;
}
