import { availableParallelism } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type KnownRun, type RunToRead, readKnownRun } from './known-run.ts';
import { unpackRuns } from './packed-runs.ts';
import type { Sharing } from './sharing.ts';
import type { StorePath } from './store-files.ts';

export interface ReadRunsOptions {
  readonly sharing: Sharing;
  /** Called once for each run, in no order. `done` counts them. */
  readonly keep: (index: number, run: KnownRun, done: number) => void;
  readonly signal?: AbortSignal | undefined;
  /** How many threads there may be, this one included, and from how many runs on more than this one. */
  readonly threads?: { readonly most: number; readonly fromRuns: number };
}

/** Below it, starting a thread takes as long as it saves. */
const THREADS = { most: Math.min(8, availableParallelism()), fromRuns: 600 };
/** So many runs are read before whoever wants to interrupt gets a turn: about ten milliseconds. */
export const RUNS_A_TURN = 64;

/**
 * Reads what a list shows of many runs, on as many processors as there are: opening files is the system's work, not the
 * disk's, once they lie in its cache. Throws the signal's reason when that is aborted.
 */
export async function readRuns(
  store: StorePath,
  runs: readonly RunToRead[],
  { sharing, keep, signal, threads = THREADS }: ReadRunsOptions,
): Promise<void> {
  const isRead = new Uint8Array(runs.length);
  let done = 0;
  const take = (index: number, run: KnownRun): void => {
    if (isRead[index]) return;
    isRead[index] = 1;
    done += 1;
    keep(index, run, done);
  };
  const readHere = (index: number): void => {
    const run = runs[index];
    if (run !== undefined && !isRead[index]) take(index, readKnownRun(store, run, sharing));
  };
  const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const others = runs.length < threads.fromRuns ? 0 : threads.most - 1;
  const elsewhere = others > 0 ? await import('./run-reader-thread.ts') : undefined;
  const task = { store, runs: runs.map(({ experiment, id, extent }) => ({ experiment, id, extent })), next };
  const readers = Array.from({ length: others }, () =>
    elsewhere?.startRunReader(task, (first, packed) => {
      for (const [at, run] of unpackRuns(packed, sharing).entries()) take(first + at, run);
    }),
  );
  const end = (): void => {
    for (const reader of readers) reader?.end();
  };
  signal?.addEventListener('abort', end, { once: true });
  try {
    for (let first = takeTurn(next); first < runs.length; first = takeTurn(next)) {
      signal?.throwIfAborted();
      for (let index = first; index < first + RUNS_A_TURN; index += 1) readHere(index);
      await nextTurn();
    }
    await Promise.all(readers.map((reader) => reader?.finished));
    signal?.throwIfAborted();
    // What a thread took and did not bring, because it could not be started or ended early.
    for (const index of isRead.keys()) readHere(index);
  } finally {
    signal?.removeEventListener('abort', end);
    end();
  }
}

/** The first of the runs that the caller, of whatever thread, is to read now. */
export function takeTurn(next: Int32Array<SharedArrayBuffer>): number {
  return Atomics.add(next, 0, RUNS_A_TURN);
}
