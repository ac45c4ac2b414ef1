import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { countOf } from '../base/text.ts';
import { done, exchange, final, type HttpRequest, type Outcome } from './http.ts';
import { addressInWords } from './http-address.ts';
import { announcedBytes, piecesOf } from './http-body.ts';
import { problem } from './http-problem.ts';
import type { Watch } from './http-watch.ts';
import type { Result } from './result.ts';

export interface Download extends Omit<HttpRequest, 'method' | 'body' | 'repeat' | 'statuses'> {
  /** Absolute path of the file to make. It must not be there yet; after a failure it is not there. */
  readonly file: string;
  readonly mostBytes: number;
  /** Size of the file where it is known from elsewhere; any other one is a problem. */
  readonly expectedBytes?: number | undefined;
  /** The strong entity tag of a copy that is here: the server may answer that it has not changed. */
  readonly unlessTag?: string | undefined;
  readonly reportBytes?: (bytes: number) => void;
}

export type Downloaded =
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'fetched';
      readonly bytes: number;
      readonly sha256: string;
      /** The entity tag, where the server gave a strong one: it changes whenever a byte does. */
      readonly tag: string | undefined;
    };

/** Proxies fetch a large file whole from its storage before the first byte comes. */
const TIMEOUTS = { answer: 120_000, idle: 10_000, total: 4 * 60 * 60 * 1000 };

/**
 * Streams a file from a server. What is there afterwards is whole: a body that is cut short, that is not as long as
 * announced, whose end can’t be told, or that comes packed (a packed body that is cut short can’t be told) is a problem.
 *
 * Throws the signal’s reason when it is aborted, and the system’s error when the file can’t be written.
 */
export async function download(wanted: Download): Promise<Result<Downloaded>> {
  const { unlessTag } = wanted;
  const headers = {
    'accept-encoding': 'identity',
    ...wanted.headers,
    ...(unlessTag === undefined ? {} : { 'if-none-match': unlessTag }),
  };
  const request = {
    ...wanted,
    headers,
    timeouts: { ...TIMEOUTS, ...wanted.timeouts },
    ...(unlessTag === undefined ? {} : { statuses: [304] }),
  };
  return exchange(request, async (response, watch, { url }) => {
    if (response.status === 304) return done({ kind: 'unchanged' });
    const odd = oddityOf(response, wanted);
    if (odd !== undefined) {
      return final(problem('http-download-refused', `The file at “${addressInWords(url)}” ${odd}.`));
    }
    return save(response, watch, wanted, addressInWords(url));
  });
}

function oddityOf(response: Response, { expectedBytes }: Download): string | undefined {
  const packed = response.headers.get('content-encoding');
  if (response.status !== 200) return `was answered with ${response.status} in place of 200; try again`;
  if (packed !== null && packed !== 'identity') {
    return 'comes packed though that was not asked for, so nobody can tell whether it is whole; ask who runs the server';
  }
  const chunked = response.headers.get('transfer-encoding')?.toLowerCase().includes('chunked') === true;
  if (announcedBytes(response) === undefined && expectedBytes === undefined && !chunked) {
    return 'comes without its length, so nobody can tell whether it is whole; ask who runs the server';
  }
  return undefined;
}

async function save(response: Response, watch: Watch, wanted: Download, address: string): Promise<Outcome<Downloaded>> {
  const { file, mostBytes, expectedBytes } = wanted;
  const hash = createHash('sha256');
  let bytes = 0;
  let whole = false;
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const piece of piecesOf(response, watch, mostBytes)) {
      hash.update(piece);
      await handle.appendFile(piece);
      bytes += piece.byteLength;
      wanted.reportBytes?.(bytes);
    }
    whole = expectedBytes === undefined || bytes === expectedBytes;
  } finally {
    await handle.close();
    if (!whole) await rm(file, { force: true });
  }
  if (!whole) {
    return {
      ok: false,
      problem: problem(
        'http-cut-short',
        `The file at “${address}” has ${countOf(bytes, 'byte')} in place of the ${expectedBytes} that the server lists; it may be written just now, so try again.`,
      ),
      passing: 'yes',
    };
  }
  const tag = response.headers.get('etag');
  return done({
    kind: 'fetched',
    bytes,
    sha256: hash.digest('hex'),
    tag: tag !== null && /^"[\x21\x23-\x7e]*"$/.test(tag) ? tag : undefined,
  });
}
