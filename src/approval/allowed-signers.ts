import type { Problem } from '../base/result.ts';
import { escapeForTerminal } from '../base/text.ts';
import { decodeBase64 } from './base64.ts';
import { readSshPublicKey } from './ssh-public-key.ts';
import { SIGNATURE_NAMESPACE } from './statement.ts';

/** A line of `allowed_signers`: one person's one key. Times are milliseconds since 1970, both ends included. */
export interface AllowedSigner {
  readonly person: string;
  readonly fingerprint: string;
  /** `<type> <base64>`. */
  readonly publicKey: string;
  readonly validAfter: number | undefined;
  readonly validBefore: number | undefined;
  /** Whether the line lets the key sign approvals; a line for `git` alone does not. */
  readonly mayApprove: boolean;
  readonly line: number;
}

export interface AllowedSigners {
  readonly byFingerprint: ReadonlyMap<string, AllowedSigner>;
  /** Errors make the file unusable as an anchor; warnings are for its owner. */
  readonly problems: readonly Problem[];
  /** What a release revokes besides: fingerprints of keys, and ids of statements. Nothing when not given. */
  readonly revoked?: ReadonlySet<string>;
}

const DATE = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?Z$/;
/** Controls, formatting characters such as a byte-order mark, blanks that are no space, and bytes that are not UTF-8. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\ufffd]|(?! )\p{Zs}/u;
/** One option: a word, or a word with a quoted value. */
const OPTION = /^([A-Za-z-]+)(?:="([^"]*)")?(?:,|$)/;

/** What one line says, before it is compared with the others; or what is wrong with it. */
type Line = { readonly signer: AllowedSigner; readonly warning?: string } | { readonly error: string };

/**
 * Reads OpenSSH's `allowed_signers` (ssh-keygen(1), ALLOWED SIGNERS), keeping only what names one person for one key.
 * A key that could be two people, or anyone, proves nothing about who signed: such lines are errors, and so is
 * anything that OpenSSH and we might read differently.
 */
export function parseAllowedSigners(text: string, file: string): AllowedSigners {
  const problems: Problem[] = [];
  const byFingerprint = new Map<string, AllowedSigner>();
  for (const [index, raw] of text.split('\n').entries()) {
    // Only what OpenSSH skips is skipped: to it, a byte-order mark or a no-break space is a part of the name.
    const content = raw.replace(/\r$/, '').replace(/^[ \t]+|[ \t]+$/g, '');
    if (content === '' || content.startsWith('#')) continue;
    const line = readLine(content, index + 1);
    const report = (severity: Problem['severity'], code: string, message: string) =>
      problems.push({
        severity,
        code,
        message,
        file,
        range: { offset: 0, length: raw.length, line: index + 1, column: 1 },
      });
    if ('error' in line) {
      report('error', 'signers-line-invalid', `Line ${index + 1} of ${file}: ${line.error}`);
      continue;
    }
    const { signer } = line;
    const other = byFingerprint.get(signer.fingerprint);
    if (other !== undefined) {
      const what = other.person === signer.person ? 'stands twice' : `is both ${other.person}'s and ${signer.person}'s`;
      report(
        'error',
        'signers-key-repeated',
        `Line ${index + 1} of ${file}: the key ${signer.fingerprint} ${what}. One key is one person, on one line.`,
      );
      continue;
    }
    byFingerprint.set(signer.fingerprint, signer);
    if (line.warning !== undefined)
      report('warning', 'signers-no-namespace', `Line ${index + 1} of ${file}: ${line.warning}`);
  }
  return { byFingerprint, problems };
}

/** Both ends of the key's time are part of it. Outside of it a key approves nothing; what it has refused stays refused. */
export function isValidAt({ validAfter, validBefore }: AllowedSigner, now: number): boolean {
  return (validAfter ?? now) <= now && now <= (validBefore ?? now);
}

function readLine(content: string, line: number): Line {
  const [principals, afterPrincipals] = splitPrincipals(content);
  if (principals === undefined) return { error: 'the quotation mark is not closed.' };
  if (/[*?!]/.test(principals)) return { error: `"${principals}" is a pattern: name one person, without * ? or !.` };
  if (principals.includes(',')) return { error: `"${principals}" names several people: one key is one person.` };
  if (principals === '') return { error: 'it names no person.' };
  if (INVISIBLE.test(principals)) {
    return { error: `"${escapeForTerminal(principals)}" has characters in it that nobody sees: remove them.` };
  }
  const key = /(?:^|[ \t])((?:ssh|ecdsa|sk)-[A-Za-z0-9@.-]+)[ \t]+([A-Za-z0-9+/=]+)(?:[ \t].*)?$/s.exec(
    afterPrincipals,
  );
  if (key === null) return { error: 'it has no SSH public key.' };
  const options = readOptions(afterPrincipals.slice(0, key.index).replace(/^[ \t]+|[ \t]+$/g, ''));
  if ('error' in options) return options;
  const [, type = '', base64 = ''] = key;
  const blob = decodeBase64(base64);
  if (blob === undefined) return { error: 'the key is not base64 in its canonical form.' };
  const publicKey = readSshPublicKey(blob);
  if (!publicKey.ok) return { error: publicKey.problem.message };
  if (publicKey.value.type !== type)
    return { error: `the key says it is "${publicKey.value.type}", the line says "${type}".` };
  const { namespaces, ...validity } = options;
  const signer: AllowedSigner = {
    person: principals,
    fingerprint: publicKey.value.fingerprint,
    publicKey: `${type} ${base64}`,
    ...validity,
    mayApprove: namespaces === undefined || namespaces.includes(SIGNATURE_NAMESPACE),
    line,
  };
  if (namespaces !== undefined) return { signer };
  return { signer, warning: `the key of ${principals} may sign anything: add namespaces="${SIGNATURE_NAMESPACE}".` };
}

function splitPrincipals(content: string): [string | undefined, string] {
  if (!content.startsWith('"')) {
    const principals = /^[^ \t]+/.exec(content)?.[0] ?? '';
    return [principals, content.slice(principals.length)];
  }
  const end = content.indexOf('"', 1);
  return end < 0 ? [undefined, ''] : [content.slice(1, end), content.slice(end + 1)];
}

interface Options {
  readonly namespaces: readonly string[] | undefined;
  readonly validAfter: number | undefined;
  readonly validBefore: number | undefined;
}

function readOptions(text: string): Options | { readonly error: string } {
  const values = new Map<string, string>();
  let rest = text;
  while (rest !== '') {
    const match = OPTION.exec(rest);
    if (match === null) return { error: `the options "${rest}" can't be read.` };
    const name = (match[1] ?? '').toLowerCase();
    if (values.has(name)) return { error: `the option "${name}" stands twice.` };
    values.set(name, match[2] ?? '');
    rest = rest.slice(match[0].length);
  }
  const unknown = [...values.keys()].find((name) => !['namespaces', 'valid-after', 'valid-before'].includes(name));
  if (unknown === 'cert-authority')
    return { error: "certificate authorities are not supported: list each person's key." };
  if (unknown !== undefined) return { error: `the option "${unknown}" is not known.` };
  const after = readDate(values.get('valid-after'));
  const before = readDate(values.get('valid-before'));
  if (after === 'invalid' || before === 'invalid') {
    return {
      error: 'a date must be YYYYMMDDZ or YYYYMMDDHHMM[SS]Z: without the Z it means another time in every place.',
    };
  }
  const namespaces = values.get('namespaces')?.split(',');
  if (namespaces?.some((name) => /[*?!]/.test(name) || name === ''))
    return { error: 'name each namespace in full, without patterns.' };
  return { namespaces, validAfter: after, validBefore: before };
}

function readDate(text: string | undefined): number | undefined | 'invalid' {
  if (text === undefined) return undefined;
  const match = DATE.exec(text);
  if (match === null) return 'invalid';
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = match;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isFinite(time) ? time : 'invalid';
}
