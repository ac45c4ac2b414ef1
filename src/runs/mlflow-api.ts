import { requestJson } from '../base/http.ts';
import type { OriginCredential } from '../base/http-credential.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { field, list, optionalText, type Sent, shortened, understood } from './mlflow-json.ts';
import type { ReadRunsOptions } from './open-runs.ts';

/** An MLflow server, and how it is asked. */
export interface MlflowServer {
  /** URL without a slash at its end; `/api/2.0/…` follows it. */
  readonly base: string;
  readonly credential: OriginCredential | undefined;
  /** What to do where a credential is missing. */
  readonly advice: string;
}

/** What a server answered, or which kind of nothing: no such thing, or no such part of the interface. */
export type Answered =
  | { readonly kind: 'found'; readonly sent: Sent }
  | { readonly kind: 'no such thing' }
  | { readonly kind: 'no such endpoint' };

type Query = Readonly<Record<string, string | undefined>>;

/** A thousand runs with long parameters are tens of megabytes. */
const MOST_ANSWER_BYTES = 128 * 1024 * 1024;
/** Large pages of a slow database take their time. */
const TIMEOUTS = { answer: 30_000, idle: 10_000, total: 120_000 };
/** More pages than this are no list, but a server that does not stop. */
const MOST_PAGES = 2_000;
const AT_ONCE = 6;

/** Asks for something by GET. `path` follows `/api/2.0/`. */
export async function askMlflow(
  server: MlflowServer,
  path: string,
  query: Query,
  options: ReadRunsOptions = {},
): Promise<Result<Answered>> {
  const search = new URLSearchParams(
    Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  return ask(server, { path, url: `${server.base}/api/2.0/${path}?${search}` }, options);
}

/** Asks by a POST that only searches. */
export async function searchMlflow(
  server: MlflowServer,
  path: string,
  body: Readonly<Record<string, unknown>>,
  options: ReadRunsOptions = {},
): Promise<Result<Answered>> {
  return ask(server, { path, url: `${server.base}/api/2.0/${path}`, body: JSON.stringify(body) }, options);
}

async function ask(
  { credential, advice }: MlflowServer,
  { path, url, body }: { readonly path: string; readonly url: string; readonly body?: string },
  { signal }: ReadRunsOptions,
): Promise<Result<Answered>> {
  const posted = { method: 'POST', repeat: 'safe', body, headers: { 'content-type': 'application/json' } } as const;
  const answer = await requestJson({
    url,
    ...(body === undefined ? {} : { ...posted, body }),
    ...{ credential, advice, signal },
    statuses: [404, 405, 501],
    mostBytes: MOST_ANSWER_BYTES,
    timeouts: TIMEOUTS,
  });
  if (!answer.ok) return answer;
  const { status, json } = answer.value;
  const sent = { json, at: path };
  if (status < 400) return succeed({ kind: 'found', sent });
  const code = json !== null && typeof json === 'object' ? (json as { error_code?: unknown }).error_code : undefined;
  const said = typeof code === 'string' && code !== 'ENDPOINT_NOT_FOUND' && status === 404;
  return succeed({ kind: said ? 'no such thing' : 'no such endpoint' });
}

/** The problem of a part of the interface without which nothing can be read. */
export function noMlflow({ base, advice, credential }: MlflowServer): Result<never> {
  return fail(
    'run-source-unreadable',
    `“${base}” does not answer as an MLflow server does (404); check that the address is the server’s own${credential === undefined ? `, and, where it hides from strangers, ${advice}` : ', and that the credential may read it'}.`,
  );
}

export interface Pages<Item> {
  readonly ask: (token: string | undefined) => Promise<Result<Answered>>;
  /** Name of the list in each page. */
  readonly items: string;
  readonly read: (item: Sent) => Item;
  readonly mostItems: number;
  /** For sentences: “the runs”. */
  readonly what: string;
  readonly reportCount?: (count: number) => void;
}

/** Every item of a list that comes in pages; undefined when the server does not have the list. */
export async function readPages<Item>(pages: Pages<Item>): Promise<Result<Item[] | undefined>> {
  const found: Item[] = [];
  const tokens = new Set<string>();
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await pages.ask(token);
    if (!answer.ok) return answer;
    const { value } = answer;
    if (value.kind !== 'found') {
      if (token === undefined) return succeed(undefined);
      return fail('run-source-unreadable', `The server stopped in the middle of ${pages.what}; try again.`);
    }
    const read = understood(
      () => ({
        items: list(field(value.sent, pages.items)).map(pages.read),
        next: optionalText(field(value.sent, 'next_page_token')) ?? '',
      }),
      `What the server says about ${pages.what}`,
    );
    if (!read.ok) return read;
    for (const item of read.value.items) found.push(item);
    pages.reportCount?.(found.length);
    if (found.length > pages.mostItems) return tooMany(pages);
    token = read.value.next;
    if (token === '') return succeed(found);
    if (tokens.has(token)) {
      return fail(
        'run-source-unreadable',
        `The server gives the same page of ${pages.what} again and again; ask who runs it.`,
      );
    }
    tokens.add(token);
  }
  return tooMany(pages);
}

function tooMany({ what, mostItems }: Pages<unknown>): Result<never> {
  return fail('run-source-unreadable', `The server has more of ${what} than the ${mostItems} that are read at most.`);
}

/** Does the same to each, a few at once, in order; the first problem ends it. */
export async function forEach<Item, Value>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result<Value>>,
  atOnce: number = AT_ONCE,
): Promise<Result<Value[]>> {
  const values: Value[] = [];
  let next = 0;
  let failed: Result<never> | undefined;
  const worker = async () => {
    while (next < items.length && failed === undefined) {
      const index = next;
      next += 1;
      const result = await work(items[index] as Item, index);
      if (result.ok) values[index] = result.value;
      else failed ??= result;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
  return failed ?? succeed(values);
}

/** An id as a server gave it, if it can stand in a filter or a path. */
export function isPlainId(id: string): boolean {
  return /^[\w-]{1,128}$/.test(id);
}

export function missingRun(id: string, location: string, experiment: string | undefined): Result<never> {
  const where = experiment === undefined ? '' : `, experiment “${experiment}”`;
  return fail('run-missing', `There is no run “${shortened(id)}” in “${location}”${where}.`);
}
