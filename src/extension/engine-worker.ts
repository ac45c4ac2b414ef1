import { parentPort, workerData } from 'node:worker_threads';
import type { Result } from '../base/result.ts';
import { translateWith } from '../base/translate.ts';
import { hostCredentials } from './engine/host-credentials.ts';
import type { OperationContext } from './engine/operation-context.ts';
import { operations } from './engine/operations.ts';
import type { EngineData, FromWorker, Request, ToWorker } from './engine-protocol.ts';

/**
 * The entry of the worker thread. Reading runs, tables and git happens here, so that the extension host,
 * which every other extension shares, never waits.
 */
const running = new Map<number, AbortController>();
const credentials = hostCredentials((id, origin) => send({ kind: 'ask-credential', id, origin }));

if (parentPort === null) throw new Error('engine-worker runs only as a worker thread');
const port = parentPort;
const { lookFolder, texts = {} } = (workerData ?? {}) as EngineData;
const t = translateWith(texts);
port.on('message', (message: ToWorker) => {
  if (message.kind === 'cancel') running.get(message.id)?.abort();
  else if (message.kind === 'credential') credentials.receive(message.id, message.credential);
  else void serve(message);
});

async function serve(request: Request): Promise<void> {
  const abort = new AbortController();
  running.set(request.id, abort);
  const context: OperationContext = {
    signal: abort.signal,
    reportProgress: (step) => send({ kind: 'progress', id: request.id, step }),
    onFault: (error) => send({ kind: 'log', id: request.id, ...inWords(error) }),
    surroundings: { credentialFor: credentials.credentialFor },
    lookFolder,
    t,
  };
  try {
    // The client pairs each operation's name with its input; the table cannot say so to the compiler.
    const operation = operations[request.operation] as (
      input: unknown,
      context: OperationContext,
    ) => Promise<Result<unknown>>;
    send({ kind: 'reply', id: request.id, result: await operation(request.input, context) });
  } catch (error) {
    send({ kind: 'fault', id: request.id, ...inWords(error) });
  } finally {
    running.delete(request.id);
  }
}

function inWords(error: unknown): { readonly message: string; readonly stack: string | undefined } {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { message, stack };
}

function send(message: FromWorker): void {
  port.postMessage(message);
}
