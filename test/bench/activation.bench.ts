import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import * as esbuild from 'esbuild';
import { nodeOptions } from '../../scripts/build.mjs';
import { inRepository } from '../../scripts/lib/repository.mjs';
import { createSampleWorkspace } from '../../scripts/lib/sample-workspace.ts';
import { type Bench, median } from './row.ts';

const STARTS = 5;

interface Timing {
  readonly ours: number;
  /** What VS Code itself takes to activate an extension that does nothing. */
  readonly empty: number;
}

/** The time from asking for activation to its end, on the sample, less what VS Code takes for any extension. */
export const bench: Bench = async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'model-signoff-bench-'));
  const sample = createSampleWorkspace();
  try {
    // VS Code takes a folder of extensions for each of them.
    const extensions = join(scratch, 'extensions');
    writeOurExtension(extensions);
    for (const name of ['empty-1', 'empty-2']) writeEmptyExtension(extensions, name);
    const bundle = await bundleTimer();
    const timings: Timing[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      timings.push(await timeActivation(extensions, bundle, sample.folder, join(scratch, `${start}.json`)));
    }
    const ours = median(timings.map((timing) => timing.ours - timing.empty));
    return [{ name: 'activation, beyond an empty extension', ours, unit: 'ms', budget: { atMost: 30 } }];
  } finally {
    sample.remove();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
};

/** The built extension under a manifest without activation events, so that nothing starts it before the clock. */
function writeOurExtension(extensions: string): void {
  const { activationEvents: _, ...manifest } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8'));
  const folder = writeExtension(extensions, 'ours', manifest);
  for (const name of ['dist', 'media', 'l10n', 'node_modules', 'package.nls.json']) {
    symlinkSync(inRepository(name), join(folder, name), name.endsWith('.json') ? 'file' : 'junction');
  }
}

function writeEmptyExtension(extensions: string, name: string): void {
  const folder = writeExtension(extensions, name, {
    name,
    publisher: 'bench',
    version: '0.0.0',
    type: 'module',
    engines: { vscode: '^1.103.0' },
    main: './main.js',
    activationEvents: ['onCommand:bench.never'], // VS Code takes no `main` without them
  });
  writeFileSync(join(folder, 'main.js'), "import 'vscode';\nexport function activate() {}\n");
}

function writeExtension(extensions: string, name: string, manifest: unknown): string {
  const folder = join(extensions, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
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

async function timeActivation(extensions: string, bundle: string, folder: string, results: string): Promise<Timing> {
  await runTests({
    vscodeExecutablePath: process.env['MODEL_SIGNOFF_VSCODE'] ?? inRepository('test', 'host', 'launcher.ts'),
    extensionDevelopmentPath: extensions,
    extensionTestsPath: bundle,
    launchArgs: [folder],
    extensionTestsEnv: { MODEL_SIGNOFF_TEST_RESULTS: results },
  });
  return JSON.parse(readFileSync(results, 'utf8')) as Timing;
}
