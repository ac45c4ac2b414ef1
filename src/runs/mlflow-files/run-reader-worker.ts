import { parentPort, workerData } from 'node:worker_threads';
import { type KnownRun, readKnownRun } from './known-run.ts';
import { packRuns } from './packed-runs.ts';
import { RUNS_A_TURN, takeTurn } from './read-runs.ts';
import type { RunReaderReply, RunReaderTask } from './run-reader-thread.ts';
import { newSharing } from './sharing.ts';

/** The entry of a thread that reads runs of a file store until none is left, and ends. */
if (parentPort === null) throw new Error('run-reader-worker runs only as a worker thread');
const port = parentPort;
const { store, runs, next } = workerData as RunReaderTask;
const sharing = newSharing();
for (let first = takeTurn(next); first < runs.length; first = takeTurn(next)) {
  const read: KnownRun[] = [];
  for (const run of runs.slice(first, first + RUNS_A_TURN)) read.push(readKnownRun(store, run, sharing));
  const packed = packRuns(read);
  send({ kind: 'read', first, packed }, [packed.numbers.buffer]);
}
send({ kind: 'finished' }, []);

function send(reply: RunReaderReply, transfer: readonly ArrayBuffer[]): void {
  port.postMessage(reply, transfer);
}
