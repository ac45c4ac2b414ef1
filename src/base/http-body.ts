import type { Watch } from './http-watch.ts';

/**
 * The body piece by piece, unpacked. Throws a `CutShort` when fewer bytes came than were announced, and a `TooLarge`
 * as soon as there are more than the bound.
 */
export async function* piecesOf(response: Response, watch: Watch, mostBytes: number): AsyncGenerator<Uint8Array> {
  const announced = announcedBytes(response);
  if (announced !== undefined && announced > mostBytes) throw new TooLarge(mostBytes);
  if (response.body === null) return;
  let bytes = 0;
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    watch.begin('idle');
    bytes += piece.byteLength;
    if (bytes > mostBytes) throw new TooLarge(mostBytes);
    yield piece;
  }
  if (announced !== undefined && announced !== bytes) throw new CutShort();
}

/** Bytes of the body as `Content-Length` says; undefined where nothing is said, or where the body is packed. */
export function announcedBytes(response: Response): number | undefined {
  const packed = response.headers.get('content-encoding');
  const length = response.headers.get('content-length');
  if (length === null || !/^\d+$/.test(length) || (packed !== null && packed !== 'identity')) return undefined;
  return Number(length);
}

/** The body is longer than its bound. */
export class TooLarge extends Error {
  readonly mostBytes: number;

  constructor(mostBytes: number) {
    super(`more than ${mostBytes} bytes`);
    this.mostBytes = mostBytes;
  }
}

/** The body ended before its end. */
export class CutShort extends Error {}
