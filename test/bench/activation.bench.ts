import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import * as esbuild from 'esbuild';
import { nodeOptions } from '../../scripts/build.mjs';
import { inRepository } from '../../scripts/lib/repository.mjs';
import { createSampleWorkspace } from '../../scripts/lib/sample-workspace.ts';
import { type Bench, median } from './row.ts';

const STARTS = 3;

/** The time from asking for activation to its end, in an extension host that has just started, on the sample. */
export const bench: Bench = async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'model-signoff-bench-'));
  const sample = createSampleWorkspace();
  try {
    const timings: number[] = [];
    const extension = extensionThatWaits(scratch);
    const bundle = await bundleTimer();
    for (let start = 0; start < STARTS; start += 1) {
      timings.push(await timeActivation(extension, bundle, sample.folder, join(scratch, `${start}`)));
    }
    return [{ name: 'activation in the extension host', ours: median(timings), unit: 'ms', budget: { atMost: 30 } }];
  } finally {
    sample.remove();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
};

/** The built extension under a manifest without activation events, so that nothing starts it before the clock. */
function extensionThatWaits(folder: string): string {
  const { activationEvents: _, ...manifest } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  for (const name of ['dist', 'media', 'l10n', 'node_modules', 'package.nls.json']) {
    symlinkSync(inRepository(name), join(folder, name), name.endsWith('.json') ? 'file' : 'junction');
  }
  return folder;
}

async function bundleTimer(): Promise<string> {
  const outfile = inRepository('out', 'bench', 'activation.cjs');
  await esbuild.build({
    ...nodeOptions,
    entryPoints: [inRepository('test', 'bench', 'activation-in-host.ts')],
    outfile,
    format: 'cjs',
    sourcemap: false,
  });
  return outfile;
}

async function timeActivation(extension: string, bundle: string, folder: string, results: string): Promise<number> {
  await runTests({
    vscodeExecutablePath: process.env['MODEL_SIGNOFF_VSCODE'] ?? inRepository('test', 'host', 'launcher.ts'),
    extensionDevelopmentPath: extension,
    extensionTestsPath: bundle,
    launchArgs: [folder],
    extensionTestsEnv: { MODEL_SIGNOFF_TEST_RESULTS: results },
  });
  return (JSON.parse(readFileSync(results, 'utf8')) as { milliseconds: number }).milliseconds;
}
