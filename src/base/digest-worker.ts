import { parentPort } from 'node:worker_threads';
import { type DigestAlgorithm, type DigestedFile, digestFile } from './digest-file.ts';
import type { LinkPolicy } from './file-identity.ts';
import type { Result } from './result.ts';

export interface DigestRequest {
  readonly path: string;
  readonly algorithm: DigestAlgorithm;
  readonly links: LinkPolicy;
}

export type DigestReply =
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'done'; readonly result: Result<DigestedFile> }
  | { readonly kind: 'failed'; readonly code: string | undefined; readonly message: string };

const REPORT_EVERY_BYTES = 32 * 1024 * 1024;

/** The entry of a thread that digests one file after the other, as it is asked. */
if (parentPort === null) throw new Error('digest-worker runs only as a worker thread');
const port = parentPort;
port.on('message', (request: DigestRequest) => void serve(request));

async function serve(request: DigestRequest): Promise<void> {
  let unreported = 0;
  const reportBytes = (bytes: number): void => {
    unreported += bytes;
    if (unreported < REPORT_EVERY_BYTES) return;
    send({ kind: 'bytes', bytes: unreported });
    unreported = 0;
  };
  try {
    const result = await digestFile(request.path, { ...request, reportBytes });
    if (unreported > 0) send({ kind: 'bytes', bytes: unreported });
    send({ kind: 'done', result });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    send({ kind: 'failed', code, message });
  }
}

function send(reply: DigestReply): void {
  port.postMessage(reply);
}
