import { addressInWords } from './http-address.ts';
import { type Credential, withoutSecrets } from './http-credential.ts';
import type { Problem } from './result.ts';
import { escapeForTerminal } from './text.ts';

const MOST_SAID = 200;

const NAME_UNKNOWN = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME']);
const UNTRUSTED_CERTIFICATE = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);
const BROKEN_OFF = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
const TIMED_OUT = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** What a sentence about an answer is made of. */
export interface Answered {
  readonly url: URL;
  readonly status: number;
  /** The beginning of the answer's body. */
  readonly text: string;
  readonly credential: Credential | undefined;
  /** What to do about a credential that is missing or refused: a clause without a full stop. */
  readonly advice: string | undefined;
}

export function problem(code: string, message: string): Problem {
  return { code, severity: 'error', message };
}

/** What an answer means that is neither a success nor expected. */
export function problemOfStatus(answered: Answered): Problem {
  const { url, status, credential, advice } = answered;
  const address = `“${addressInWords(url)}”`;
  const said = saidBy(answered);
  if (status === 401) {
    return credential === undefined
      ? problem(
          'http-unauthorized',
          `${address} asks for a credential (401), and none was sent; ${advice ?? `give one for “${url.origin}”`}.`,
        )
      : problem(
          'http-unauthorized',
          `${address} refused the credential (401); check that it is right and has not expired${said}.`,
        );
  }
  if (status === 403) {
    const remedy = credential === undefined ? (advice ?? 'a credential may be needed') : 'ask for the right to read it';
    return problem('http-forbidden', `${address} may not be read by you (403); ${remedy}${said}.`);
  }
  if (status === 404) return problem('http-missing', `There is nothing at ${address} (404); check the address${said}.`);
  if (status === 429) return problem('http-busy', `${address} is asked too often (429); try again later.`);
  if (status >= 500) {
    return problem(
      'http-server-error',
      `The server of ${address} failed (${status}); try again later, or ask who runs it${said}.`,
    );
  }
  return problem('http-rejected', `${address} did not accept the request (${status})${said}.`);
}

/** An answer that is not the JSON that was asked for. */
export function problemOfNoJson(answered: Answered): Problem {
  const address = `“${addressInWords(answered.url)}”`;
  return /^\s*<(?:!doctype|html|head|\?xml)/i.test(answered.text)
    ? problem(
        'http-not-json',
        `${address} answered with a web page where data is due: check that it is the server’s own address, and not one of a page or of a sign-in in front of it${answered.advice === undefined ? '' : `; ${answered.advice}`}.`,
      )
    : problem(
        'http-not-json',
        `${address} answered with something that is not JSON; check that it is the right server.`,
      );
}

export interface Failed {
  readonly problem: Problem;
  /** Whether the same request may do better a moment later. */
  readonly passing: 'yes' | 'no';
}

/** Codes of what went wrong before a request left this machine, so that nobody can have heard it. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'http-address-refused',
  'http-insecure',
  'http-unreachable',
  'http-certificate',
]);

/** Whether the server may have received the request that failed so: in doubt, yes. */
export function mayHaveArrived({ code }: Problem): boolean {
  return !NEVER_SENT.has(code);
}

/** What went wrong when there was no answer, or only a part of one. */
export function failureOf(error: unknown, url: URL): Failed {
  const { code, message } = causeOf(error);
  const address = `“${addressInWords(url)}”`;
  const final = (name: string, sentence: string): Failed => ({ problem: problem(name, sentence), passing: 'no' });
  if (NAME_UNKNOWN.has(code)) {
    return final('http-unreachable', `There is no server called “${url.hostname}”; check the address and the network.`);
  }
  // The Fetch standard's port blocking: nothing was sent, and never will be.
  if (message === 'bad port') {
    return final(
      'http-unreachable',
      `“${url.origin}” has a port that is kept for other protocols: serve it at another.`,
    );
  }
  if (code === 'ECONNREFUSED') {
    return final('http-unreachable', `Nothing answers at “${url.origin}”; check the address and that the server runs.`);
  }
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') {
    return final('http-unreachable', `There is no way to “${url.host}” from here; check the network.`);
  }
  if (TIMED_OUT.has(code)) {
    return final('http-timeout', `“${url.host}” did not answer in time; check the address and the network.`);
  }
  if (UNTRUSTED_CERTIFICATE.has(code)) {
    return final(
      'http-certificate',
      `The certificate of “${url.host}” is signed by nobody that this machine trusts; name the certificate of its issuer in the environment variable NODE_EXTRA_CA_CERTS.`,
    );
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return final(
      'http-certificate',
      `The certificate of “${url.host}” is not valid today (${code}); its owner has to renew it.`,
    );
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return final(
      'http-certificate',
      `The certificate that “${url.host}” shows is another server’s; check the address.`,
    );
  }
  if (/^ERR_(?:SSL|TLS)|^EPROTO$|^CERT_/.test(code)) {
    return final('http-unreachable', `“${url.host}” does not speak https as it should (${code}); check the address.`);
  }
  if (/^HPE_|^UND_ERR_/.test(code) && !BROKEN_OFF.has(code)) {
    return final('http-garbled', `${address} did not answer as a web server does (${code}); check the address.`);
  }
  if (BROKEN_OFF.has(code)) {
    return {
      problem: problem('http-cut-short', `The connection to ${address} broke off; try again.`),
      passing: 'yes',
    };
  }
  const said = code === '' ? message : code;
  return final('http-failed', `${address} can’t be asked: ${escapeForTerminal(said).slice(0, MOST_SAID)}.`);
}

/** The system's or TLS's own code is in the cause, or in the first of several: one for each address of a name. */
function causeOf(error: unknown): { code: string; message: string } {
  let found = error;
  for (let depth = 0; depth < 5; depth += 1) {
    const { code, cause, errors } = found as { code?: unknown; cause?: unknown; errors?: unknown };
    if (typeof code === 'string' && code !== '') break;
    const next = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
    if (next == null) break;
    found = next;
  }
  const { code, message, name } = found as { code?: unknown; message?: unknown; name?: unknown };
  if (name === 'HTTPParserError') return { code: 'HPE_INVALID', message: '' };
  return { code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : String(found) };
}

/** The server's own words where it has some: JSON with a `message` or `error`, as most interfaces answer. */
function saidBy({ text, credential }: Answered): string {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return '';
  }
  const { message, error } = (body ?? {}) as { message?: unknown; error?: unknown };
  const words = [message, error].find((each): each is string => typeof each === 'string' && each.trim() !== '');
  if (words === undefined) return '';
  const shown = escapeForTerminal(withoutSecrets(words, credential).replace(/\s+/g, ' ').trim()).replace(/[.]+$/, '');
  return `; it says “${shown.length > MOST_SAID ? `${shown.slice(0, MOST_SAID)}…` : shown}”`;
}
