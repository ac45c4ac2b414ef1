// `npm run package`: a VSIX for this platform, because DuckDB's native files are. It is looked into before it counts.
import { existsSync } from 'node:fs';
import { createVSIX, listFiles } from '@vscode/vsce';
import { build } from './build.mjs';
import { inRepository, repositoryRoot } from './lib/repository.mjs';

const target = vsixTarget();
const packagePath = inRepository(`model-signoff-${target}.vsix`);

await build();
await assertDuckDbIsShipped();
await createVSIX({
  cwd: repositoryRoot,
  packagePath,
  target,
  // There is no public address yet that links of the README could be rewritten to.
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
console.log(packagePath);

/** VS Code's name of this platform. */
function vsixTarget(): string {
  const isMusl = process.platform === 'linux' && existsSync('/etc/alpine-release');
  return `${isMusl ? 'alpine' : process.platform}-${process.arch}`;
}

/** An allow-list that misses DuckDB would still give a VSIX, and a check that fails on the user's machine. */
async function assertDuckDbIsShipped(): Promise<void> {
  const files = await listFiles({ cwd: repositoryRoot });
  for (const needed of [/node_modules\/@duckdb\/node-api\/lib\/index\.js$/, /node_modules\/@duckdb\/.*\.node$/]) {
    if (!files.some((file) => needed.test(file.replaceAll('\\', '/')))) {
      throw new Error(`The VSIX would lack a file of DuckDB: nothing matches ${needed}.`);
    }
  }
}
