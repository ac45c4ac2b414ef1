// What can be said about the source without running it: format and lint rules, types.
import { exitCodeOf } from './commands.ts';
import { inRepository, repositoryRoot } from './repository.mjs';
import { sum, type Tally } from './tally.ts';

const typeScriptProjects = ['tsconfig.json', 'webview/tsconfig.json', 'test/ui/tsconfig.json'];

export function runStaticChecks(): Tally {
  return sum([runBiome(), ...typeScriptProjects.map(runTypeScript)]);
}

function runBiome(): Tally {
  return tallyOf('biome ci', packageScript('@biomejs/biome', 'bin/biome'), ['ci', '--error-on-warnings', ...colours()]);
}

/** Biome colours even what goes into a file. */
function colours(): string[] {
  return process.stdout.isTTY ? [] : ['--colors=off'];
}

function runTypeScript(project: string): Tally {
  return tallyOf(`tsc --project ${project}`, packageScript('typescript', 'bin/tsc'), [
    '--noEmit',
    '--project',
    project,
  ]);
}

/** The script behind a command: started by our own Node, whatever the system's one is. */
function packageScript(name: string, path: string): string {
  return inRepository('node_modules', name, path);
}

function tallyOf(label: string, script: string, args: readonly string[]): Tally {
  const passed = exitCodeOf(process.execPath, [script, ...args], { cwd: repositoryRoot }) === 0;
  console.log(`${passed ? '✔' : '✖'} ${label}`);
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1 };
}
