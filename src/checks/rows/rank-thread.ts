import { Worker } from 'node:worker_threads';
import type { ScoresToRank, ScoreTable } from '../../metrics/score-table.ts';

/**
 * Sorts scores in a thread of its own, so that this one can do something else meanwhile. Throws the signal's reason
 * when that is aborted, and an error when the thread ends unasked.
 *
 * @param prepare is called while the thread starts; its arrays are handed over
 */
export async function rankInThread(prepare: () => ScoresToRank, signal?: AbortSignal): Promise<ScoreTable> {
  signal?.throwIfAborted();
  const worker = new Worker(workerScript());
  const answer = new Promise<ScoreTable>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The thread that ranks scores ended.')));
  });
  const end = (): void => void worker.terminate();
  signal?.addEventListener('abort', end, { once: true });
  try {
    const rows = prepare();
    worker.postMessage(rows, buffersOf(rows));
    return await answer;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', end);
    // Where `prepare` throws, nobody waits for the answer any more.
    answer.catch(() => undefined);
    await worker.terminate();
  }
}

function buffersOf(rows: ScoresToRank): ArrayBuffer[] {
  switch (rows.kind) {
    case 'signed':
      return [rows.signed.buffer];
    case 'by class':
      return [rows.positive.buffer, rows.negative.buffer];
    case 'weighted':
      return [rows.scores.buffer, rows.signed.buffer];
  }
}

/** In dist/, whoever holds this code lies one folder deep, and the worker among the chunks that every package ships. */
function workerScript(): URL {
  const here = import.meta.url;
  return here.endsWith('.ts') ? new URL('./rank-worker.ts', here) : new URL('../chunks/rank-worker.js', here);
}
