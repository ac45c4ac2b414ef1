import { Worker } from 'node:worker_threads';
import type { RunToRead } from './known-run.ts';
import type { PackedRuns } from './packed-runs.ts';
import type { StorePath } from './store-files.ts';

/** What a thread is started with. */
export interface RunReaderTask {
  readonly store: StorePath;
  readonly runs: readonly RunToRead[];
  /** Shared by all threads: the first run that nobody reads yet. */
  readonly next: Int32Array<SharedArrayBuffer>;
}

export type RunReaderReply =
  | { readonly kind: 'read'; readonly first: number; readonly packed: PackedRuns }
  | { readonly kind: 'finished' };

/** A thread that reads runs until none is left. */
export interface RunReader {
  /** Settles when nothing more comes; a thread that fails only ends early. */
  readonly finished: Promise<void>;
  end(): void;
}

export function startRunReader(task: RunReaderTask, keep: (first: number, packed: PackedRuns) => void): RunReader {
  const { promise, resolve } = Promise.withResolvers<void>();
  const worker = new Worker(workerScript(), { workerData: task });
  worker.on('message', (reply: RunReaderReply) => {
    if (reply.kind === 'read') keep(reply.first, reply.packed);
    else resolve();
  });
  worker.on('error', () => resolve());
  worker.on('exit', () => resolve());
  return { finished: promise, end: () => void worker.terminate() };
}

/** In dist/, whoever holds this code lies one folder deep, and the worker among the chunks that every package ships. */
function workerScript(): URL {
  const here = import.meta.url;
  return here.endsWith('.ts')
    ? new URL('./run-reader-worker.ts', here)
    : new URL('../chunks/run-reader-worker.js', here);
}
