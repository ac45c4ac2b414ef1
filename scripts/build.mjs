// Builds everything that ships into dist/. Plain JavaScript: `npm ci && npm run build` works on Node 20 by itself.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { inRepository, repositoryRoot } from './lib/repository.mjs';

/** What runs in Node: output name -> source. Workers are loaded by their names. */
const nodeEntries = {
  'extension/extension': 'src/extension/extension.ts',
  'extension/engine-worker': 'src/extension/engine-worker.ts',
  'extension/language-worker': 'src/extension/language-worker.ts',
  'chunks/run-command-line': 'src/cli/run-command-line.ts',
  'chunks/digest-worker': 'src/base/digest-worker.ts',
  'chunks/run-reader-worker': 'src/runs/mlflow-files/run-reader-worker.ts',
  'chunks/rank-worker': 'src/checks/rows/rank-worker.ts',
};

/** The source asks package.json for its version; the whole manifest would weigh more than some rooms. */
const versionOnly = {
  name: 'version-only',
  /** @param {esbuild.PluginBuild} building */
  setup(building) {
    building.onLoad({ filter: /package\.json$/ }, ({ path }) => {
      if (path !== inRepository('package.json')) return undefined;
      const { name, version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ name, version }), loader: 'json' };
    });
  },
};

/**
 * Where the command begins: CommonJS, since the loader of ES modules takes 10 ms to start, and `verify` does without
 * it. The other commands are reached through an import.
 */
const command = { source: 'src/cli/main.ts', file: 'dist/cli/signoff.cjs', rest: '../chunks/run-command-line.js' };

/** The verifier in one file, which pipelines pin by its digest. CommonJS, so that its first line runs on any Node. */
const verifier = { source: 'src/cli/verify-alone.ts', file: 'dist/signoff-verify.cjs' };

/** The one file holds the program of its hashing threads as a text, and has none that lists runs. */
const ownWorkers = {
  name: 'own-workers',
  /** @param {esbuild.PluginBuild} building */
  setup(building) {
    building.onLoad({ filter: /digest-worker-script\.ts$/ }, async () => {
      const program = await textOf('src/base/digest-worker.ts', 'esm');
      const address = `data:text/javascript,${encodeURIComponent(program)}`;
      return { contents: `export const digestWorkerScript = () => new URL(${JSON.stringify(address)});`, loader: 'js' };
    });
    building.onLoad({ filter: /run-reader-script\.ts$/ }, () => ({
      contents: 'export const runReaderScript = () => undefined;',
      loader: 'js',
    }));
  },
};

/**
 * What the one file keeps as texts, each of which is compiled when it is asked for. What judges, while git answers; the rest,
 * which knows every tracking store and how to share hashing among threads, by few questions. To read all of it before the
 * first word goes to git takes a tenth of the time that the answer takes. The texts are as much a part of the bytes that a
 * pipeline pins as the rest.
 */
const lateRooms = ['src/approval/verify.ts', 'src/approval/load-run.ts', 'src/base/digest-thread.ts'];

/** Leaves each late room out of what imports it, and asks for it by its name there. */
const askForLateRooms = {
  name: 'ask-for-late-rooms',
  /** @param {esbuild.PluginBuild} building */
  setup(building) {
    building.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      const room = lateRooms.find((each) => inRepository(each) === resolve(resolveDir, path));
      return kind === 'dynamic-import' && room !== undefined ? { path: room, namespace: 'late-room' } : undefined;
    });
    building.onLoad({ filter: /.*/, namespace: 'late-room' }, ({ path }) => ({
      contents: `module.exports = lateRoom(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};

/** Stands for the end of a comment in the texts, none of which has it. */
const COMMENT_END = '*~/';

/**
 * Gives `lateRoom(name)`, which compiles a room once and says what it exports. The texts stand as they are, in comments of
 * functions that nobody calls: a comment is the quickest to be read past, 3 ms sooner than the same words in quotation marks.
 */
async function holdLateRooms() {
  const texts = await Promise.all(
    lateRooms.map(async (room) => {
      const text = await textOf(room, 'cjs');
      if (text.includes(COMMENT_END))
        throw new Error(`${room} has ${COMMENT_END} in it, which could not be told apart.`);
      return `${JSON.stringify(room)}() {/*${text.replaceAll('*/', COMMENT_END)}*/}`;
    }),
  );
  return `const lateRoom = ((texts, rooms) => name => {
  if (rooms[name]) return rooms[name].exports;
  const room = rooms[name] = { exports: {} };
  const text = String(texts[name]);
  const code = text.slice(text.indexOf('/*') + 2, text.lastIndexOf('*/')).replaceAll('${COMMENT_END}', '*/');
  const names = ['require', 'module', '__filename', 'lateRoom'];
  require('node:vm').compileFunction(code, names, { filename: __filename })(require, room, __filename, lateRoom);
  return room.exports;
})({${texts.join(',\n')}}, {});`;
}

/**
 * @param {string} source
 * @param {esbuild.Format} format
 */
async function textOf(source, format) {
  const { outputFiles } = await esbuild.build({ ...verifierOptions(), entryPoints: [source], format, write: false });
  return outputFiles[0]?.text ?? '';
}

/** @satisfies {esbuild.BuildOptions} */
const common = {
  absWorkingDir: repositoryRoot,
  bundle: true,
  minify: true,
  keepNames: true, // error names are shown to people
  metafile: true,
  legalComments: /** @type {const} */ ('none'),
  sourcemap: /** @type {const} */ ('linked'),
  sourcesContent: false,
  logLevel: /** @type {const} */ ('warning'),
  plugins: [versionOnly],
};

/** esbuild options of everything that runs in Node; the host tests are bundled with the same. */
export const nodeOptions = {
  ...common,
  platform: /** @type {const} */ ('node'),
  target: 'node22.13',
  // DuckDB brings native files, which cannot be bundled; `vscode` exists only inside the editor.
  external: ['vscode', '@duckdb/node-api'],
  // The package's entry for Node is CommonJS, which ESM output cannot load and which cannot be shaken.
  alias: { yaml: inRepository('node_modules', 'yaml', 'browser', 'dist', 'index.js') },
};

/**
 * Builds dist/ and returns what went into the Node bundles.
 * @returns {Promise<esbuild.Metafile>}
 */
export async function build() {
  const missing = Object.values(nodeEntries).filter((source) => !existsSync(inRepository(source)));
  rmSync(inRepository('dist'), { recursive: true, force: true });
  const [metafile] = await Promise.all([
    buildNodeSide(missing),
    buildCommand(),
    buildVerifier(),
    buildWebviews(),
    buildPolicySchema(),
  ]);
  if (missing.length > 0) throw new Error(`Built without ${missing.join(', ')}: the source is missing.`);
  return metafile;
}

/**
 * @param {readonly string[]} missing
 * @returns {Promise<esbuild.Metafile>}
 */
async function buildNodeSide(missing) {
  const entries = Object.entries(nodeEntries).filter(([, source]) => !missing.includes(source));
  const { metafile } = await esbuild.build({
    ...nodeOptions,
    entryPoints: Object.fromEntries(entries),
    outdir: 'dist',
    format: 'esm',
    // Chunks shared by the extension and the command line lie beside both, so that one package can hold either.
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
  });
  return metafile;
}

async function buildCommand() {
  await esbuild.build({
    ...nodeOptions,
    entryPoints: [command.source],
    outfile: command.file,
    format: 'cjs',
    plugins: [versionOnly, restOfCommand],
    // CommonJS has other words for these.
    define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
    banner: { js: "#!/usr/bin/env node\n'use strict';" },
  });
  chmodSync(inRepository(command.file), 0o755);
}

const restOfCommand = {
  name: 'rest-of-command',
  /** @param {esbuild.PluginBuild} building */
  setup(building) {
    building.onResolve({ filter: /\/run-command-line\.ts$/ }, () => ({ path: command.rest, external: true }));
  },
};

/**
 * Writes dist/signoff-verify.cjs and the digest that pipelines pin. The same commit gives the same bytes.
 * @returns {Promise<esbuild.Metafile>}
 */
export async function buildVerifier() {
  const options = verifierOptions();
  const { metafile } = await esbuild.build({
    ...options,
    entryPoints: [verifier.source],
    outfile: verifier.file,
    banner: { js: `#!/usr/bin/env node\n'use strict';\n${askForNewerNode()}\n${await holdLateRooms()}` },
  });
  const file = inRepository(verifier.file);
  chmodSync(file, 0o755);
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
  writeFileSync(`${file}.sha256`, `${digest}  signoff-verify.cjs\n`);
  return metafile;
}

function verifierOptions() {
  return {
    ...nodeOptions,
    format: /** @type {const} */ ('cjs'),
    // Old enough that an older Node reads the whole file, and says what it needs.
    target: 'node16',
    // What is compiled late can load Node's own modules by `require` alone.
    supported: { 'dynamic-import': false },
    // Giving every function its name takes a seventh of the time that the answer takes.
    keepNames: false,
    sourcemap: false,
    plugins: [versionOnly, ownWorkers, askForLateRooms],
  };
}

/** Plain words that the first Node with `process.versions` understands: they stand before everything else. */
function askForNewerNode() {
  const { engines } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8'));
  const [major = 0, minor = 0] = String(engines.node).replace('>=', '').split('.').map(Number);
  const sentence = `signoff-verify needs Node ${major}.${minor} or newer and this is Node `;
  // No name of its own at the top: it could be one that the minifier gives to a function below.
  return `if((function(v){return v[0]<${major}||(v[0]==${major}&&v[1]<${minor})})(process.versions.node.split('.').map(Number))){process.stderr.write('${sentence}'+process.versions.node+'.\\n');process.exitCode=2;return}`;
}

async function buildWebviews() {
  const names = readdirSync(inRepository('webview')).filter((name) =>
    existsSync(inRepository('webview', name, 'main.ts')),
  );
  if (names.length === 0) return;
  await esbuild.build({
    ...common,
    platform: 'browser',
    target: 'es2022',
    entryPoints: Object.fromEntries(names.map((name) => [name, `webview/${name}/main.ts`])),
    outdir: 'dist/webview',
    format: 'iife',
  });
}

/** The JSON Schema that other YAML editors use comes from the very schema that reads policies. */
async function buildPolicySchema() {
  const source = inRepository('src', 'policy', 'json-schema.ts');
  if (!existsSync(source)) return;
  const generator = inRepository('out', 'policy-schema.mjs');
  await esbuild.build({ ...nodeOptions, entryPoints: [source], outfile: generator, format: 'esm', sourcemap: false });
  const { policyJsonSchema } = await import(pathToFileURL(generator).href);
  mkdirSync(inRepository('dist'), { recursive: true });
  writeFileSync(inRepository('dist', 'signoff.schema.json'), `${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await build();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
