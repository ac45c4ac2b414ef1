// Runs the tests of this folder inside a real VS Code: desktop's where MODEL_SIGNOFF_VSCODE names its executable,
// else the server's in a headless browser.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import * as esbuild from 'esbuild';
import { nodeOptions } from '../../scripts/build.mjs';
import { filesMatching } from '../../scripts/lib/files.ts';
import { inRepository, repositoryRoot } from '../../scripts/lib/repository.mjs';
import { createSampleWorkspace, type SampleWorkspace } from '../../scripts/lib/sample-workspace.ts';
import { nothing, sum, type Tally } from '../../scripts/lib/tally.ts';
import { quietSettings } from '../../scripts/lib/vscode-server.ts';

/** One start of VS Code: the tests that share a workspace. */
interface Launch {
  readonly name: string;
  readonly tests: string;
  readonly workspace: () => SampleWorkspace;
  /** Folders of other extensions that are installed beside ours. */
  readonly beside: readonly string[];
}

const launches: readonly Launch[] = [
  { name: 'sample', tests: 'test/host/*.test.ts', workspace: () => createSampleWorkspace(), beside: [] },
  { name: 'empty', tests: 'test/host/empty/*.test.ts', workspace: createEmptyWorkspace, beside: ['vscode-yaml'] },
];

export async function runHostTests(): Promise<Tally> {
  const tallies: Tally[] = [];
  // One at a time: two instances on two cores only make each other time out.
  for (const launch of launches) tallies.push(await run(launch));
  return sum(tallies);
}

async function run({ name, tests, workspace, beside }: Launch): Promise<Tally> {
  const files = filesMatching(tests);
  if (files.length === 0) return nothing;
  const bundle = await bundleTests(name, files);
  const { folder, keys, settings, remove } = workspace();
  const profile = mkdtempSync(join(tmpdir(), 'model-signoff-host-'));
  const results = join(profile, 'results.json');
  const others = beside.map((extension) => inRepository('test', 'host', 'stand-ins', extension));
  try {
    mkdirSync(join(profile, 'User'));
    // The server takes them from the environment, VS Code on a desktop from its folder of extensions.
    mkdirSync(join(profile, 'extensions'));
    for (const each of others) symlinkSync(each, join(profile, 'extensions', `${basename(each)}-0.0.1`), 'junction');
    writeFileSync(join(profile, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
    await runTests({
      vscodeExecutablePath: process.env['MODEL_SIGNOFF_VSCODE'] ?? inRepository('test', 'host', 'launcher.ts'),
      extensionDevelopmentPath: repositoryRoot,
      extensionTestsPath: bundle,
      launchArgs: [folder, `--user-data-dir=${profile}`, `--extensions-dir=${join(profile, 'extensions')}`],
      extensionTestsEnv: {
        MODEL_SIGNOFF_TEST_KEYS: JSON.stringify(keys),
        MODEL_SIGNOFF_TEST_RESULTS: results,
        MODEL_SIGNOFF_TEST_EXTENSIONS: JSON.stringify(others),
      },
    }).catch((error: unknown) => console.error(error instanceof Error ? error.message : String(error)));
    if (existsSync(results)) return JSON.parse(readFileSync(results, 'utf8')) as Tally;
    console.error('VS Code ended before its tests did; MODEL_SIGNOFF_DEBUG=1 shows its whole console.');
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    remove();
  }
}

/** VS Code's own Node may be too old to read TypeScript, and loads a test run most surely as CommonJS. */
async function bundleTests(name: string, files: readonly string[]): Promise<string> {
  const outfile = inRepository('out', 'host', `${name}.cjs`);
  const imports = files.map((file) => `import ${JSON.stringify(file)};`).join('\n');
  await esbuild.build({
    ...nodeOptions,
    stdin: {
      contents: `${imports}\nexport { runHostTests as run } from './harness.ts';`,
      resolveDir: inRepository('test', 'host'),
      loader: 'ts',
    },
    outfile,
    format: 'cjs',
    minify: false,
    sourcemap: 'inline',
  });
  return outfile;
}

function createEmptyWorkspace(): SampleWorkspace {
  const folder = mkdtempSync(join(tmpdir(), 'model-signoff-empty-'));
  return {
    folder,
    keys: {},
    command: '',
    settings: {},
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
