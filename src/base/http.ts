import { addressInWords, isLoopback, isPrivateAddress, parseAddress } from './http-address.ts';
import { CutShort, piecesOf, TooLarge } from './http-body.ts';
import { authorizationOf, type OriginCredential } from './http-credential.ts';
import { type Answered, type Failed, failureOf, problem, problemOfNoJson, problemOfStatus } from './http-problem.ts';
import { MOST_ATTEMPTS, PASSING_STATUSES, pause, pauseBefore } from './http-retry.ts';
import { type HttpTimeouts, startWatch, TooSlow, type Watch } from './http-watch.ts';
import { type Problem, type Result, succeed } from './result.ts';
import { countOf, formatNumber } from './text.ts';

export interface HttpRequest {
  /** Absolute http or https URL without a name or password in it. */
  readonly url: string;
  /** GET when not given. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sent to its own origin only, and beyond this machine only by https. */
  readonly credential?: OriginCredential | undefined;
  /** Whether asking twice does no more than asking once. GET and HEAD are safe anyway; a POST that searches may be. */
  readonly repeat?: 'safe';
  /**
   * Where a GET may be sent on to. Another origin never gets the credential. The same origin when not given. With
   * `none`, an answer that sends on is an answer like others.
   */
  readonly redirects?: 'same origin' | 'any origin' | 'none';
  /** Statuses that are handed back beside the successful ones (2xx), and are no problem. */
  readonly statuses?: readonly number[] | 'any';
  /** Bound of the answer’s body in bytes, after it is unpacked. */
  readonly mostBytes?: number;
  /** In milliseconds; what is not given has its default. */
  readonly timeouts?: Partial<HttpTimeouts>;
  readonly signal?: AbortSignal | undefined;
  /** What to do where a credential is missing: a clause, for the sentence of a 401. */
  readonly advice?: string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** What the server sent: untrusted, of any shape. */
  readonly json: unknown;
}

/** What became of one attempt. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem; readonly passing: 'yes' | 'no'; readonly retryAfter?: string };

/** Reads what it needs from an answer’s body, piece by piece. Throws what breaks off the exchange. */
export type ReadAnswer<Value> = (response: Response, watch: Watch, answered: Answered) => Promise<Outcome<Value>>;

const DEFAULT_TIMEOUTS: HttpTimeouts = { answer: 10_000, idle: 10_000, total: 60_000 };
const DEFAULT_MOST_BYTES = 16 * 1024 * 1024;
const MOST_REDIRECTS = 5;
const MOST_PROBLEM_BYTES = 64 * 1024;
const REDIRECTING: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Asks a server once, or up to three times where that is safe and the trouble may pass. Every failure is a problem with
 * one sentence that says what, at which address, and what to do; the credential is never part of it.
 *
 * Throws the signal’s reason when it is aborted.
 */
export async function request(wanted: HttpRequest): Promise<Result<HttpAnswer>> {
  const compressed = { ...wanted, headers: { 'accept-encoding': 'gzip', ...wanted.headers } };
  return exchange(compressed, async (response, watch, answered) => {
    const mostBytes = wanted.mostBytes ?? DEFAULT_MOST_BYTES;
    const bytes: Uint8Array[] = [];
    for await (const piece of piecesOf(response, watch, mostBytes)) bytes.push(piece);
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(bytes));
      return done({ status: response.status, headers: response.headers, text });
    } catch {
      return final(problem('http-not-json', `“${addressInWords(answered.url)}” answered with bytes that are no text.`));
    }
  });
}

/** As `request`, for servers that answer in JSON. */
export async function requestJson(wanted: HttpRequest): Promise<Result<JsonAnswer>> {
  const answer = await request({ ...wanted, headers: { accept: 'application/json', ...wanted.headers } });
  if (!answer.ok) return answer;
  const { status, headers, text } = answer.value;
  try {
    return succeed({ status, headers, json: JSON.parse(text) as unknown });
  } catch {
    // A status that the caller expects says enough where there is no JSON beside it.
    if (isExpected(wanted, status)) return succeed({ status, headers, json: undefined });
    const url = new URL(wanted.url);
    return { ok: false, problem: problemOfNoJson({ url, status, text, credential: undefined, advice: wanted.advice }) };
  }
}

/** Runs attempts until one succeeds, is final, or no further one is due. For this file and `http-download.ts`. */
export async function exchange<Value>(wanted: HttpRequest, read: ReadAnswer<Value>): Promise<Result<Value>> {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...wanted.timeouts };
  const deadline = Date.now() + timeouts.total;
  const repeatable = isReading(wanted) || wanted.repeat === 'safe';
  for (let attempt = 1; ; attempt += 1) {
    wanted.signal?.throwIfAborted();
    const outcome = await attemptOnce(wanted, read, timeouts, deadline);
    if (outcome.ok) return outcome;
    const wait = pauseBefore(attempt, outcome.retryAfter ?? null, Date.now());
    const last = attempt >= MOST_ATTEMPTS || wait === undefined || Date.now() + wait >= deadline;
    if (outcome.passing === 'no' || !repeatable || last) return { ok: false, problem: outcome.problem };
    await pause(wait, wanted.signal);
  }
}

async function attemptOnce<Value>(
  wanted: HttpRequest,
  read: ReadAnswer<Value>,
  timeouts: HttpTimeouts,
  deadline: number,
): Promise<Outcome<Value>> {
  const parsed = parseAddress(wanted.url);
  if (!parsed.ok) return final(parsed.problem);
  const watch = startWatch(timeouts, deadline, wanted.signal);
  let response: Response | undefined;
  try {
    const asked = await ask(wanted, parsed.value, watch);
    if (!asked.ok) return asked;
    response = asked.value.response;
    const { url } = asked.value;
    const credential = asked.value.authorized ? wanted.credential?.credential : undefined;
    const answered = { url, status: response.status, text: '', credential, advice: wanted.advice };
    if (response.ok || isExpected(wanted, response.status)) return await read(response, watch, answered);
    const text = await beginningOf(response, watch);
    const retryAfter = response.headers.get('retry-after');
    return {
      ok: false,
      problem: problemOfStatus({ ...answered, text }),
      passing: PASSING_STATUSES.has(response.status) ? 'yes' : 'no',
      ...(retryAfter === null ? {} : { retryAfter }),
    };
  } catch (error) {
    wanted.signal?.throwIfAborted();
    return { ok: false, ...failureIn(watch, error, parsed.value) };
  } finally {
    watch.end();
    // Whoever stops reading early must not leave the server sending.
    if (response?.body && !response.bodyUsed) await response.body.cancel().catch(() => undefined);
  }
}

interface Asked {
  readonly response: Response;
  readonly url: URL;
  readonly authorized: boolean;
}

/** Asks, and follows where the server sends on to, as far as that is allowed. */
async function ask(wanted: HttpRequest, first: URL, watch: Watch): Promise<Outcome<Asked>> {
  let url = first;
  let own = true;
  for (let redirects = 0; ; redirects += 1) {
    const authorized = own && wanted.credential?.origin === url.origin;
    if (authorized && url.protocol === 'http:' && !isLoopback(url)) {
      return final(
        problem(
          'http-insecure',
          `The credential is not sent to “${url.origin}”, where anybody on the way could read it; use an address that begins with https://.`,
        ),
      );
    }
    watch.begin('answer');
    const response = await fetch(url, {
      method: wanted.method ?? 'GET',
      headers: {
        ...(own ? wanted.headers : { 'accept-encoding': wanted.headers?.['accept-encoding'] ?? 'gzip' }),
        ...(authorized && wanted.credential ? { authorization: authorizationOf(wanted.credential.credential) } : {}),
      },
      redirect: 'manual',
      signal: watch.signal,
      ...(wanted.body === undefined ? {} : { body: wanted.body }),
    });
    watch.begin('idle');
    const location = response.headers.get('location');
    const sendsOn = REDIRECTING.has(response.status) && location !== null && wanted.redirects !== 'none';
    if (!sendsOn) return done({ response, url, authorized });
    await response.body?.cancel().catch(() => undefined);
    const next = sentOnTo(location, url, wanted, redirects);
    if (!next.ok) return final(next.problem);
    own &&= next.value.origin === first.origin;
    url = next.value;
  }
}

/** Where an answer sends on to, if that may be followed. */
function sentOnTo(location: string, from: URL, wanted: HttpRequest, redirects: number): Result<URL> {
  const address = addressInWords(from);
  const refuse = (why: string): Result<URL> => ({
    ok: false,
    problem: problem('http-redirected', `“${address}” sends on ${why}.`),
  });
  if (redirects >= MOST_REDIRECTS) return refuse(`more than ${MOST_REDIRECTS} times; check the address`);
  const to = URL.parse(location, from.href);
  if (to === null || !parseAddress(to.href).ok) return refuse('to an address that is refused; check the address');
  const where = `“${addressInWords(to)}”`;
  if (!isReading(wanted)) return refuse(`to ${where}, which only readings follow; use that address if it is right`);
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    return refuse(`from https to ${where}, where anybody on the way could read along, so it is not followed`);
  }
  if (to.origin === from.origin) return succeed(to);
  if (wanted.redirects !== 'any origin') {
    return refuse(`to another server, ${where}, which is not followed; use that address if it is right`);
  }
  if (isPrivateAddress(to) && !isPrivateAddress(from)) {
    return refuse(`to ${where}, an address of your own network, which is not followed`);
  }
  return succeed(to);
}

/** Enough of a failed answer to say what the server says; whatever goes wrong with it is no further problem. */
async function beginningOf(response: Response, watch: Watch): Promise<string> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of piecesOf(response, watch, MOST_PROBLEM_BYTES)) pieces.push(piece);
  } catch {
    return '';
  }
  return Buffer.concat(pieces).toString('utf8');
}

export function done<Value>(value: Value): Outcome<Value> {
  return { ok: true, value };
}

export function final(found: Problem): Outcome<never> {
  return { ok: false, problem: found, passing: 'no' };
}

function isExpected({ statuses }: HttpRequest, status: number): boolean {
  return statuses === 'any' || statuses?.includes(status) === true;
}

function isReading({ method }: HttpRequest): boolean {
  return method === undefined || method === 'GET' || method === 'HEAD';
}

function failureIn(watch: Watch, error: unknown, url: URL): Failed {
  const reason: unknown = watch.signal.aborted ? watch.signal.reason : error;
  const address = `“${addressInWords(url)}”`;
  if (reason instanceof TooSlow) {
    const seconds = countOf(reason.milliseconds / 1000, 'second');
    const what =
      reason.part === 'answer'
        ? `did not answer within ${seconds}`
        : reason.part === 'idle'
          ? `stopped sending for ${seconds}, in the middle of its answer`
          : `took more than ${seconds}`;
    return { problem: problem('http-timeout', `${address} ${what}; try again, or ask who runs it.`), passing: 'no' };
  }
  if (error instanceof TooLarge) {
    const bound = formatNumber(error.mostBytes);
    return {
      problem: problem('http-too-large', `${address} sends more than the ${bound} bytes that are read at most.`),
      passing: 'no',
    };
  }
  if (error instanceof CutShort) {
    return {
      problem: problem('http-cut-short', `${address} sent less than it announced; try again.`),
      passing: 'yes',
    };
  }
  return failureOf(error, url);
}
