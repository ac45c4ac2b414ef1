import type { IncomingMessage, ServerResponse } from 'node:http';
import { type LocalServer, localServer } from '../base/local-server.ts';

/** What a fake server answers to one question: JSON, or whatever a function does. */
export type Fake = unknown | ((asked: IncomingMessage, response: ServerResponse, url: URL) => void);

export const EXPERIMENT = { experiment_id: '1', name: 'first', lifecycle_stage: 'active' };

export const RUN = {
  info: {
    run_id: 'r1',
    experiment_id: '1',
    run_name: 'one',
    status: 'FINISHED',
    start_time: 1000,
    end_time: '2000',
    artifact_uri: 's3://bucket/1/r1/artifacts',
    lifecycle_stage: 'active',
  },
  data: {
    metrics: [{ key: 'auc', value: 0.9, timestamp: '5', step: 1 }],
    params: [{ key: 'p', value: 'x' }],
    tags: [{ key: 'mlflow.user', value: 'ana' }],
  },
};

/** A server that answers these paths, below `/base`, and 404 as a web server does to all others. */
export async function fakeMlflow(answers: Readonly<Record<string, Fake>> = {}): Promise<LocalServer> {
  const all: Readonly<Record<string, Fake>> = {
    '/api/2.0/mlflow/experiments/search': { experiments: [EXPERIMENT] },
    '/api/2.0/mlflow/experiments/get': { experiment: EXPERIMENT },
    '/api/2.0/mlflow/runs/search': { runs: [RUN] },
    '/api/2.0/mlflow/runs/get': { run: RUN },
    '/api/2.0/mlflow/metrics/get-history': { metrics: RUN.data.metrics },
    ...answers,
  };
  return localServer((asked, response) => {
    const url = new URL(asked.url ?? '', 'http://127.0.0.1');
    const path = url.pathname.replace(/^\/base/, '');
    const answer = Object.hasOwn(all, path) ? all[path] : undefined;
    if (answer === undefined) return void response.writeHead(404).end('<!doctype html><title>404</title>');
    if (typeof answer === 'function') return void answer(asked, response, url);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
}
