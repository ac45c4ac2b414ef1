import { Worker } from 'node:worker_threads';
import type { RunToRead } from './known-run.ts';
import type { PackedRuns } from './packed-runs.ts';
import { runReaderScript } from './run-reader-script.ts';
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

/** Undefined where this program has no such thread, or the system does not give another. */
export function startRunReader(
  task: RunReaderTask,
  keep: (first: number, packed: PackedRuns) => void,
): RunReader | undefined {
  const worker = newWorker(task);
  if (worker === undefined) return undefined;
  const { promise, resolve } = Promise.withResolvers<void>();
  worker.on('message', (reply: RunReaderReply) => {
    if (reply.kind === 'read') keep(reply.first, reply.packed);
    else resolve();
  });
  worker.on('error', () => resolve());
  worker.on('exit', () => resolve());
  return { finished: promise, end: () => void worker.terminate() };
}

function newWorker(task: RunReaderTask): Worker | undefined {
  const script = runReaderScript();
  try {
    return script === undefined ? undefined : new Worker(script, { workerData: task });
  } catch {
    // Whoever asked for it reads everything alone.
    return undefined;
  }
}
