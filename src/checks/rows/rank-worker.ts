import { parentPort } from 'node:worker_threads';
import { rankScores, type ScoresToRank } from '../../metrics/score-table.ts';

/** The entry of a thread that sorts the scores of one data set and sends its score table back. */
if (parentPort === null) throw new Error('rank-worker runs only as a worker thread');
const port = parentPort;
port.once('message', (rows: ScoresToRank) => {
  const table = rankScores(rows);
  const buffers = [table.scores.buffer, table.positives.buffer, table.negatives.buffer];
  port.postMessage(table, buffers as ArrayBuffer[]);
});
