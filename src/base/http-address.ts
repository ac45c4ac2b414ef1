import { fail, type Result, succeed } from './result.ts';
import { escapeForTerminal } from './text.ts';

const MOST_SHOWN = 200;

/**
 * An address that may be asked: http or https, without a name or password in it.
 *
 * Passwords in addresses end in files, lists of processes and logs, so they are refused rather than used.
 */
export function parseAddress(text: string): Result<URL> {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') {
    // What can't be understood is not repeated: a password may be in it.
    return fail('http-address-refused', 'The server’s address is not a URL that begins with http:// or https://.');
  }
  if (url.username !== '' || url.password !== '') {
    return fail(
      'http-address-refused',
      `The address of “${url.host}” has a name or password in it, which others would read; remove it, and give the credential apart from the address.`,
    );
  }
  return succeed(url);
}

/** An address as messages show it: without its query, which may hold a signature or a name, and of bounded length. */
export function addressInWords(url: URL): string {
  const text = escapeForTerminal(url.origin + url.pathname);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

/** Whether the address is this machine itself, so that nobody on the way reads along. */
export function isLoopback(url: URL): boolean {
  const { hostname } = url;
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}

/** Whether the address is written as one of this machine or its own network, where a stranger may not send anybody. */
export function isPrivateAddress(url: URL): boolean {
  const { hostname } = url;
  return (
    isLoopback(url) ||
    /^(?:0|10|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(hostname) ||
    /^\[(?:::|f[cd]|fe[89ab]|::ffff:)/.test(hostname)
  );
}
