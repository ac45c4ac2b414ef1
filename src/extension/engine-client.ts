import { Worker } from 'node:worker_threads';
import type { Credential } from '../base/http-credential.ts';
import { fail, type ReportProgress, type Result } from '../base/result.ts';
import type { OperationName } from './engine/operations.ts';
import type { EngineData, FromWorker, Input, Output, Request, ToWorker } from './engine-protocol.ts';
import type { Disposable } from './lifecycle.ts';
import { t } from './translation.ts';

/** How long cancelled work may take to notice before its thread is ended. */
const GRACE_MS = 2_000;
export const CANCELLED = 'cancelled';

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly reportProgress?: ReportProgress;
}

/** What the editor's secret store holds for an origin and may be given to the engine. */
export type CredentialFor = (origin: string) => Promise<Credential | undefined>;

/** Where the engine's work is asked for. */
export interface Engine extends Disposable {
  call<Name extends OperationName>(
    operation: Name,
    input: Input<Name>,
    options?: CallOptions,
  ): Promise<Result<Output<Name>>>;
}

/** The part of a worker thread that the client needs; tests put something smaller in its place. */
export interface WorkerPort {
  postMessage(message: ToWorker): void;
  onMessage(listener: (message: FromWorker) => void): void;
  /** `reason` is undefined when the thread was ended on purpose. */
  onExit(listener: (reason: Error | undefined) => void): void;
  terminate(): void;
}

interface Pending {
  readonly operation: OperationName;
  readonly settle: (result: Result<unknown>) => void;
  readonly reportProgress: ReportProgress | undefined;
  cancelled: boolean;
}

/**
 * Half-made commits can be completed later, but ending the thread amid one would still be rude: these run to their end.
 */
const NEVER_CUT_SHORT: ReadonlySet<OperationName> = new Set(['completeSignOff', 'ringPipeline']);

/** One worker thread, started when first needed and again after it was ended. */
export class EngineClient implements Engine {
  readonly #start: () => WorkerPort;
  readonly #onFault: (message: string) => void;
  readonly #credentialFor: CredentialFor;
  readonly #pending = new Map<number, Pending>();
  #worker: WorkerPort | undefined;
  #nextId = 1;

  constructor(start: () => WorkerPort, onFault: (message: string) => void, credentialFor: CredentialFor) {
    this.#start = start;
    this.#onFault = onFault;
    this.#credentialFor = credentialFor;
  }

  call<Name extends OperationName>(
    operation: Name,
    input: Input<Name>,
    options: CallOptions = {},
  ): Promise<Result<Output<Name>>> {
    const { signal } = options;
    if (signal?.aborted) return Promise.resolve(cancelled());
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const onAbort = (): void => this.#cancel(id);
      const settle = (result: Result<unknown>): void => {
        signal?.removeEventListener('abort', onAbort);
        this.#pending.delete(id);
        // The worker's table of operations gives the reply its type; nothing else can send one.
        resolve(result as Result<Output<Name>>);
      };
      this.#pending.set(id, { operation, settle, reportProgress: options.reportProgress, cancelled: false });
      signal?.addEventListener('abort', onAbort, { once: true });
      const request: Request<Name> = { kind: 'request', id, operation, input };
      this.#running().postMessage(request as Request);
    });
  }

  dispose(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const pending of [...this.#pending.values()]) pending.settle(cancelled());
  }

  #running(): WorkerPort {
    if (this.#worker !== undefined) return this.#worker;
    const worker = this.#start();
    this.#worker = worker;
    worker.onMessage((message) => {
      if (message.kind === 'ask-credential') void this.#answer(worker, message.id, message.origin);
      else this.#receive(message);
    });
    worker.onExit((reason) => this.#ended(worker, reason));
    return worker;
  }

  async #answer(worker: WorkerPort, id: number, origin: string): Promise<void> {
    let credential: Credential | undefined;
    try {
      credential = await this.#credentialFor(origin);
    } catch (error) {
      // A keyring that is locked is no reason to let the engine wait for ever.
      this.#onFault(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    if (this.#worker === worker) worker.postMessage({ kind: 'credential', id, credential });
  }

  #receive(message: Exclude<FromWorker, { kind: 'ask-credential' }>): void {
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    switch (message.kind) {
      case 'progress':
        if (!pending.cancelled) pending.reportProgress?.(message.step);
        return;
      case 'log':
        this.#onFault(message.stack ?? message.message);
        return;
      case 'reply':
        // What was cancelled has been superseded: nobody may act on its answer.
        pending.settle(pending.cancelled ? cancelled() : message.result);
        return;
      case 'fault':
        if (!pending.cancelled) this.#onFault(message.stack ?? message.message);
        pending.settle(pending.cancelled ? cancelled() : faulty(message.message));
    }
  }

  #cancel(id: number): void {
    const pending = this.#pending.get(id);
    if (pending === undefined || pending.cancelled) return;
    if (NEVER_CUT_SHORT.has(pending.operation)) return;
    pending.cancelled = true;
    this.#worker?.postMessage({ kind: 'cancel', id });
    setTimeout(() => this.#endIfDeaf(id), GRACE_MS).unref();
  }

  /** A long synchronous stretch (a sort, a SQLite query) hears nothing. Ending the thread is the only way to stop it. */
  #endIfDeaf(id: number): void {
    if (!this.#pending.has(id)) return;
    const others = [...this.#pending.values()];
    if (others.some((pending) => NEVER_CUT_SHORT.has(pending.operation))) return;
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const pending of others) pending.settle(pending.cancelled ? cancelled() : restarted());
  }

  #ended(worker: WorkerPort, reason: Error | undefined): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    if (reason !== undefined) this.#onFault(reason.stack ?? reason.message);
    for (const pending of [...this.#pending.values()]) pending.settle(pending.cancelled ? cancelled() : restarted());
  }
}

/** Starts the real thread from the bundle that lies beside the extension's own. */
export function startWorker(script: URL, workerData: EngineData = {}): WorkerPort {
  const worker = new Worker(script, { name: 'model-signoff-engine', workerData });
  let failure: Error | undefined;
  worker.on('error', (error: Error) => {
    failure = error;
  });
  worker.unref();
  return {
    postMessage: (message) => worker.postMessage(message),
    onMessage: (listener) => worker.on('message', listener),
    onExit: (listener) => worker.on('exit', () => listener(failure)),
    terminate: () => void worker.terminate(),
  };
}

function cancelled<Value>(): Result<Value> {
  return fail(CANCELLED, t('Stopped.'));
}

function faulty<Value>(message: string): Result<Value> {
  return fail('internal', t('Something went wrong inside Model Signoff: {0}', message));
}

function restarted<Value>(): Result<Value> {
  return fail('engine_restarted', t('The engine was started anew. Refresh to ask again.'));
}
