import { parentPort } from 'node:worker_threads';
import { Answering } from './language/answering.ts';
import type { ToLanguage } from './language/language-protocol.ts';

/** The entry of the thread that understands policies while they are typed. It reads nothing and knows no clock. */
if (parentPort === null) throw new Error('language-worker runs only as a worker thread');
const port = parentPort;
const answering = new Answering(
  (message) => port.postMessage(message),
  (work) => void setImmediate(work),
);
port.on('message', (message: ToLanguage) => answering.receive(message));
