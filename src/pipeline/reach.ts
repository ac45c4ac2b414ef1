import { type HttpRequest, request } from '../base/http.ts';
import { type Credential, withoutSecrets } from '../base/http-credential.ts';
import { mayHaveArrived } from '../base/http-problem.ts';
import { MOST_ATTEMPTS, pause } from '../base/http-retry.ts';
import type { HttpTimeouts } from '../base/http-watch.ts';
import { escapeForTerminal } from '../base/text.ts';
import type { RingResult } from './ring-result.ts';

/** How far a doorbell reaches: whom it may speak to, and with which credentials. */
export interface Reach {
  /** The credential for an origin, from the secret store or the environment; never from the workspace. */
  readonly credentialFor: (origin: string) => Promise<Credential | undefined>;
  readonly signal?: AbortSignal | undefined;
  readonly timeouts?: Partial<HttpTimeouts>;
}

/** One call to the server of a doorbell. */
export interface Call {
  readonly url: string;
  /** GET when not given. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
  /** Sent as it is, with the headers' own type. */
  readonly text?: string;
  /** The secret that the call itself holds: no credential goes beside it, and no answer that repeats it is shown so. */
  readonly holds?: Credential;
  readonly repeat?: 'safe';
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where the body is no JSON. */
  readonly json: unknown;
  /** The server's own words about a refusal, shortened and made safe; empty where it says nothing. */
  readonly said: string;
  /** The beginning of the body as it came, to look for words in; never shown. */
  readonly text: string;
}

/** Called: an answer of any status, or why there is none and whether the server may have heard. */
export type Called =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly state: 'refused' | 'unknown'; readonly message: string };

const MOST_BYTES = 4 * 1024 * 1024;
const MOST_SAID = 200;
const MOST_LOOKED_AT = 4000;
const PATIENCE_MS = 60_000;

/**
 * Calls a server once; redirects are never followed. Where the server is asked too often (429 with a
 * `Retry-After`), it has done nothing, and is asked again after as long as it wants.
 */
export async function call(wanted: Call, reach: Reach): Promise<Called> {
  const { origin } = new URL(wanted.url);
  const credential = wanted.holds === undefined ? await reach.credentialFor(origin) : undefined;
  const [type, body] = bodyOf(wanted);
  const asked: HttpRequest = {
    url: wanted.url,
    method: wanted.method ?? 'GET',
    headers: { accept: 'application/json', ...(type === undefined ? {} : { 'content-type': type }), ...wanted.headers },
    ...(body === undefined ? {} : { body }),
    ...(credential === undefined ? {} : { credential: { origin, credential } }),
    ...(wanted.repeat === undefined ? {} : { repeat: wanted.repeat }),
    redirects: 'none',
    statuses: 'any',
    mostBytes: MOST_BYTES,
    signal: reach.signal,
    ...(reach.timeouts === undefined ? {} : { timeouts: reach.timeouts }),
  };
  const deadline = Date.now() + PATIENCE_MS;
  for (let attempt = 1; ; attempt += 1) {
    const answered = await request(asked);
    if (!answered.ok) {
      const { problem } = answered;
      return { ok: false, state: mayHaveArrived(problem) ? 'unknown' : 'refused', message: problem.message };
    }
    const { status, headers, text } = answered.value;
    const wait = busyFor(status, headers);
    if (wait !== undefined && attempt < MOST_ATTEMPTS && Date.now() + wait < deadline) {
      await pause(wait, reach.signal);
      continue;
    }
    const json = parsed(text);
    return {
      ok: true,
      answer: {
        status,
        headers,
        json,
        said: saidBy(wordsIn(json, text, headers), wanted.holds ?? credential),
        text: text.slice(0, MOST_LOOKED_AT),
      },
    };
  }
}

/**
 * A success that is not the system's own, such as the page of a sign-in in front of it: nobody knows whether the system
 * itself was reached.
 */
export function notUnderstood(where: string, { status }: Answer): RingResult {
  const message = `${where} answered ${status}, but not as that system does: check the address, and look there whether anything was started.`;
  return { state: 'unknown', message };
}

/** Whether an answer is a JSON object or list, as these systems give, and no page. */
export function isJson({ json }: Answer): boolean {
  return typeof json === 'object' && json !== null;
}

/** A refusal, or where the server failed midway a doubt, in one sentence that ends with what the server says. */
export function notAccepted(where: string, answer: Answer): RingResult {
  const { status, said } = answer;
  const words = said === '' ? '' : `; it says “${said}”`;
  if (status >= 200 && status < 300) return notUnderstood(where, answer);
  if (status >= 500 || status === 408) {
    return { state: 'unknown', message: `${where} failed (${status}), so it may or may not have heard${words}.` };
  }
  return { state: 'refused', message: `${where} ${whatStatusMeans(answer)} (${status})${words}.` };
}

function whatStatusMeans({ status, headers }: Answer): string {
  if (status === 401)
    return 'refused the credential, or there is none: store one for this server, or set it in the environment';
  if (status === 403) return 'does not let you do that: ask for the right to start it';
  if (status === 404)
    return 'knows no such thing, or does not show it to you: check the policy’s target and your rights';
  if (status === 409) return 'can’t do that now, because something else stands in the way';
  if (status === 422 || status === 400) return 'did not accept what was asked: check the policy’s target';
  if (status === 429) {
    const wait = busyFor(status, headers);
    return `is asked too often: try again ${wait === undefined ? 'later' : `in ${Math.ceil(wait / 1000)} seconds`}`;
  }
  if (status >= 300 && status < 400)
    return 'sends on to another address, which is not followed: write that address into the policy';
  return 'did not accept the call';
}

function busyFor(status: number, headers: Headers): number | undefined {
  if (status !== 429) return undefined;
  const given = headers.get('retry-after')?.trim() ?? '';
  const wait = /^\d{1,9}$/.test(given) ? Number(given) * 1000 : Date.parse(given) - Date.now();
  return Number.isFinite(wait) ? Math.max(wait, 0) : undefined;
}

function bodyOf({ json, form, text }: Call): readonly [type: string | undefined, body: string | undefined] {
  if (json !== undefined) return ['application/json', JSON.stringify(json)];
  if (form !== undefined) return ['application/x-www-form-urlencoded', new URLSearchParams(form).toString()];
  return [undefined, text];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The words of an answer in JSON, as the systems of this room write them, or a short text; pages of HTML say nothing.
 * Jenkins has its words in a header of its own, beside a page.
 */
function wordsIn(json: unknown, text: string, headers: Headers): string {
  const header = headers.get('x-error');
  if (header !== null) return header.replace(/[^\x20-\x7e]/g, '?');
  const { message, error, error_description, detail } = (json ?? {}) as Record<string, unknown>;
  const found = [message, error, error_description, detail].find((each) => each !== undefined && each !== '');
  return found === undefined ? (json === undefined && !text.includes('<') ? text : '') : textOf(found);
}

/** Safe to show: some servers repeat what they were sent. */
function saidBy(words: string, credential: Credential | undefined): string {
  const safe = escapeForTerminal(withoutSecrets(words, credential).replace(/\s+/g, ' ').trim()).replace(/[.]+$/, '');
  return safe.length > MOST_SAID ? `${safe.slice(0, MOST_SAID)}…` : safe;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
