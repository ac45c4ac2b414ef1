// The way into every task, from a fresh clone: `node scripts/run.mjs <task> [arguments]`.
// It runs on Node 20, brings what is missing, then hands over to the Node that the lock file pins.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { installDependencies, projectNode } from './lib/dependencies.mjs';
import { inRepository } from './lib/repository.mjs';
import { requireTool, systemTools } from './lib/system-tools.mjs';

const OLDEST_NODE = 20;
const ORPHAN_CHECK_MS = 1000;
const tasks = ['start', 'test', 'bench', 'lint', 'package', 'peers'];

const [task = '', ...taskArguments] = process.argv.slice(2);

try {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    throw new Error(
      `Node ${OLDEST_NODE} or newer is needed, this is ${process.version}; install it from https://nodejs.org.`,
    );
  }
  if (!tasks.includes(task)) throw new Error(`Name a task: ${tasks.join(', ')}.`);
  requireTool(systemTools.git);
  if (task !== 'lint') requireTool(systemTools.sshKeygen);
  installDependencies();
  handOver();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function handOver() {
  // A git hook that calls us sets these, and every git that we start would work on that repository.
  for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE']) delete process.env[name];
  const child = spawn(projectNode, [inRepository('scripts', `${task}.ts`), ...taskArguments], {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${dirname(projectNode)}${delimiter}${process.env['PATH'] ?? ''}` },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  // A shell between npm and us may die without passing its signal on; the task must not outlive it.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), ORPHAN_CHECK_MS).unref();
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal ?? 'SIGTERM'];
  });
}
