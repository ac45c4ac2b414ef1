import { Worker } from 'node:worker_threads';
import type { PolicyFacts } from '../../policy/language/facts.ts';
import type { Disposable } from '../lifecycle.ts';
import type { Answer, Ask, FromLanguage, QuestionInput, ToLanguage } from './language-protocol.ts';
import type { QuestionName } from './questions.ts';

/** One version of an open text. */
export interface TextVersion {
  readonly uri: string;
  readonly version: number;
}

/** The part of a worker thread that the client needs; tests put something smaller in its place. */
export interface LanguagePort {
  postMessage(message: ToLanguage): void;
  onMessage(listener: (message: FromLanguage) => void): void;
  /** `reason` is undefined when the thread was ended on purpose. */
  onExit(listener: (reason: Error | undefined) => void): void;
  terminate(): void;
}

interface Pending {
  readonly ask: Ask;
  readonly settle: (value: unknown) => void;
}

/** The longest that a thread which died is told everything again: after that it is taken for hopeless. */
const MOST_RESTARTS = 3;

/**
 * Keeps the thread's texts and facts up to date, and asks it. It is started with the first text, and again after it
 * has died; what was on its way then is answered with nothing.
 */
export class LanguageClient implements Disposable {
  readonly #start: () => LanguagePort;
  readonly #onFault: (message: string) => void;
  readonly #texts = new Map<string, { readonly version: number; readonly text: string }>();
  readonly #facts = new Map<string, PolicyFacts>();
  readonly #pending = new Map<number, Pending>();
  #port: LanguagePort | undefined;
  #restarts = 0;
  #nextId = 1;

  constructor(start: () => LanguagePort, onFault: (message: string) => void) {
    this.#start = start;
    this.#onFault = onFault;
  }

  setText({ uri, version }: TextVersion, text: string): void {
    if (this.#texts.get(uri)?.version === version) return;
    this.#texts.set(uri, { version, text });
    this.#tell({ kind: 'text', uri, version, text });
  }

  close(uri: string): void {
    this.#facts.delete(uri);
    if (this.#texts.delete(uri)) this.#tell({ kind: 'closed', uri });
  }

  setFacts(uri: string, facts: PolicyFacts): void {
    this.#facts.set(uri, facts);
    if (this.#texts.has(uri)) this.#tell({ kind: 'facts', uri, facts });
  }

  /** Undefined where the text has moved on since, where nobody waits any more, and where the thread died over it. */
  ask<Name extends QuestionName>(
    question: Name,
    text: TextVersion,
    input: QuestionInput<Name>,
    signal?: AbortSignal,
  ): Promise<Answer<Name> | undefined> {
    if (signal?.aborted === true || this.#texts.get(text.uri)?.version !== text.version) {
      return Promise.resolve(undefined);
    }
    const id = this.#nextId++;
    const ask = { kind: 'ask', id, uri: text.uri, version: text.version, question, input } as Ask;
    return new Promise((resolve) => {
      const onAbort = (): void => this.#tell({ kind: 'drop', id });
      const settle = (value: unknown): void => {
        signal?.removeEventListener('abort', onAbort);
        this.#pending.delete(id);
        // The thread's table of questions gives the answer its type; nothing else can send one.
        resolve(value as Answer<Name> | undefined);
      };
      this.#pending.set(id, { ask, settle });
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#tell(ask);
    });
  }

  dispose(): void {
    this.#port?.terminate();
    this.#port = undefined;
    for (const { settle } of [...this.#pending.values()]) settle(undefined);
  }

  #tell(message: ToLanguage): void {
    const running = this.#port;
    if (running !== undefined) {
      running.postMessage(message);
      return;
    }
    if (this.#restarts > MOST_RESTARTS || this.#texts.size === 0) {
      if (message.kind === 'ask') this.#pending.get(message.id)?.settle(undefined);
      return;
    }
    const started = this.#begin();
    if (message.kind === 'ask') started.postMessage(message);
  }

  #begin(): LanguagePort {
    const port = this.#start();
    this.#port = port;
    port.onMessage((message) => this.#receive(message));
    port.onExit((reason) => this.#ended(port, reason));
    for (const [uri, { version, text }] of this.#texts) port.postMessage({ kind: 'text', uri, version, text });
    for (const [uri, facts] of this.#facts) port.postMessage({ kind: 'facts', uri, facts });
    return port;
  }

  #receive(message: FromLanguage): void {
    const pending = this.#pending.get(message.id);
    if (message.kind === 'fault') this.#onFault(message.stack ?? message.message);
    pending?.settle(message.kind === 'answer' ? message.value : undefined);
  }

  #ended(port: LanguagePort, reason: Error | undefined): void {
    if (this.#port !== port) return;
    this.#port = undefined;
    this.#restarts += 1;
    if (reason !== undefined) this.#onFault(reason.stack ?? reason.message);
    for (const { settle } of [...this.#pending.values()]) settle(undefined);
  }
}

/** Starts the real thread from the bundle that lies beside the extension's own. */
export function startLanguageWorker(script: URL): LanguagePort {
  const worker = new Worker(script, { name: 'model-signoff-language' });
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
