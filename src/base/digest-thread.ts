import { Worker } from 'node:worker_threads';
import type { DigestedFile } from './digest-file.ts';
import type { DigestReply, DigestRequest } from './digest-worker.ts';
import { digestWorkerScript } from './digest-worker-script.ts';
import type { Result } from './result.ts';

/** A thread of its own that digests files, one at a time. */
export interface DigestThread {
  digest(request: DigestRequest, reportBytes: (bytes: number) => void): Promise<Result<DigestedFile>>;
  end(): Promise<void>;
}

/** Starts a thread. What `digestFile` throws, its `digest` throws; and an error when the thread ends unasked. */
export function startDigestThread(): DigestThread {
  const worker = new Worker(digestWorkerScript());
  let answer: ((reply: DigestReply | Error) => void) | undefined;
  let ended: Error | undefined;
  const end = (reason: Error): void => {
    ended ??= reason;
    answer?.(ended);
  };
  worker.on('message', (reply: DigestReply) => answer?.(reply));
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => end(new Error('The thread that hashes files ended.')));
  return {
    digest: (request, reportBytes) =>
      new Promise((resolve, reject) => {
        answer = (reply) => {
          if (reply instanceof Error) reject(reply);
          else if (reply.kind === 'bytes') reportBytes(reply.bytes);
          else if (reply.kind === 'done') resolve(reply.result);
          else reject(Object.assign(new Error(reply.message), { code: reply.code }));
        };
        if (ended) answer(ended);
        else worker.postMessage(request);
      }),
    async end() {
      await worker.terminate();
    },
  };
}
