// Real MLflow servers, each a process with its workers on 127.0.0.1, that end with the test file.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { requestJson } from '../../src/base/http.ts';
import { freePort } from './free-port.ts';
import { python } from './python.ts';

/** No telemetry; and none of the eight processes for jobs that nobody here gives it, which take longer than the server. */
const QUIET = { MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true', MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false' };

const servers: ChildProcess[] = [];
after(async () => {
  for (const server of servers) {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    // The server's workers are in its group, and would outlive it.
    process.kill(-(server.pid as number), 'SIGKILL');
    await gone;
  }
});

export interface MlflowServer {
  /** Where its database lies, and where it runs. */
  readonly folder: string;
  readonly options: readonly string[];
  /** What stands before its paths, e.g. `/under/ml-flow`. */
  readonly prefix?: string | undefined;
  readonly environment?: Readonly<Record<string, string>>;
}

/** @returns its address, once it answers */
export async function startMlflow({ folder, options, prefix = '', environment = {} }: MlflowServer): Promise<string> {
  const port = await freePort();
  const place = ['--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  const store = ['--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`];
  const server = spawn(
    python as string,
    ['-m', 'mlflow', 'server', ...place, ...store, ...options, ...(prefix === '' ? [] : ['--static-prefix', prefix])],
    {
      cwd: folder,
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, ...QUIET, ...environment },
    },
  );
  servers.push(server);
  const address = `http://127.0.0.1:${port}${prefix}`;
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const answer = await requestJson({ url: `${address}/health`, statuses: [401, 404] });
    if (answer.ok || answer.problem.code === 'http-not-json') return address;
    assert.equal(server.exitCode, null, 'MLflow’s server ended');
    await wait(500);
  }
  throw new Error('MLflow’s server did not start');
}
