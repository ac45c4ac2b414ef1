// Servers that stand in for pipelines, on 127.0.0.1: what they answer is written rule by rule from each system's own
// description or source, which the rules name. They were not compared with live ones here.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

export interface Asked {
  readonly method: string;
  /** Path and query, unescaped. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Given {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What to answer; `cut` closes the connection after the request was read, `silent` never answers. */
export type Rule = (asked: Asked) => Given | 'cut' | 'silent' | undefined;

export interface StandIn {
  readonly url: string;
  readonly asked: Asked[];
  /** In place of the rules, until it is taken away: trouble of every kind. */
  trouble: Rule | undefined;
}

export async function standIn(context: Pick<TestContext, 'after'>, rule: Rule): Promise<StandIn> {
  const asked: Asked[] = [];
  const started: StandIn = { url: '', asked, trouble: undefined };
  const server = createServer((request, response) => {
    void read(request).then((each) => {
      asked.push(each);
      const given = started.trouble?.(each) ?? rule(each) ?? { status: 404, json: { message: 'Not Found' } };
      answer(given, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(started, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

async function read(request: IncomingMessage): Promise<Asked> {
  let body = '';
  for await (const piece of request) body += String(piece);
  const { method = '', url = '', headers } = request;
  return { method, path: decodeURIComponent(url), headers, body };
}

function answer(given: Given | 'cut' | 'silent', response: ServerResponse): void {
  if (given === 'silent') return;
  if (given === 'cut') {
    response.destroy();
    return;
  }
  const { status, json, text, headers } = given;
  const type = json === undefined ? 'text/plain' : 'application/json';
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(json === undefined ? (text ?? '') : JSON.stringify(json));
}
