import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';

export interface LocalServer {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  /** What was asked, oldest first. */
  readonly asked: { readonly method: string; readonly url: string; readonly authorization: string | undefined }[];
}

export type Answer = (asked: IncomingMessage, response: ServerResponse) => void;

/** A web server on this machine alone, which is gone when the tests of the file are over. */
export async function localServer(answer: Answer): Promise<LocalServer> {
  const asked: LocalServer['asked'] = [];
  const server = createServer((message, response) => {
    const { method = '', url = '', headers } = message;
    asked.push({ method, url, authorization: headers.authorization });
    response.on('error', () => undefined);
    answer(message, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** Sends without end, as fast as it is read, and counts what was sent. */
export function sendWithoutEnd(response: ServerResponse, piece: Uint8Array, sent: { bytes: number }): void {
  const more = () => {
    while (!response.destroyed) {
      sent.bytes += piece.byteLength;
      if (!response.write(piece)) return void response.once('drain', more);
    }
  };
  more();
}
