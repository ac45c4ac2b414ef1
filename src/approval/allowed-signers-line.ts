import { escapeForTerminal, isPlainAscii } from '../base/text.ts';
import type { AllowedSigner } from './allowed-signers.ts';
import { type Mistake, readSignerOptions } from './allowed-signers-options.ts';
import { decodeBase64 } from './base64.ts';
import { readSshPublicKey } from './ssh-public-key.ts';
import { SIGNATURE_NAMESPACE } from './statement.ts';

/** Controls, formatting characters such as a byte-order mark, blanks that are no space, and bytes that are not UTF-8. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\ufffd]|(?! )\p{Zs}/u;
const KEY = /(?:^|[ \t])((?:ssh|ecdsa|sk)-[A-Za-z0-9@.-]+)[ \t]+([A-Za-z0-9+/=]+)(?:[ \t].*)?$/s;

/** What one line says, before it is compared with the others; or what is wrong with it. */
export type SignerLine = { readonly signer: AllowedSigner; readonly warning?: Mistake } | { readonly mistake: Mistake };

/** Reads a line that is neither empty nor a comment, without the blanks around it. */
export function readSignerLine(content: string, line: number): SignerLine {
  const [principals, rest] = splitPrincipals(content);
  const wrongName = principals === undefined ? UNCLOSED : whyNoPerson(principals);
  if (principals === undefined || wrongName !== undefined) return { mistake: wrongName ?? UNCLOSED };
  const key = KEY.exec(rest);
  if (key === null) {
    const message = 'it has no SSH public key: add the line of the person’s .pub file behind their name.';
    return { mistake: { code: 'signers-no-key', message } };
  }
  const options = readSignerOptions(rest.slice(0, key.index).replace(/^[ \t]+|[ \t]+$/g, ''));
  if ('mistake' in options) return options;
  const [, type = '', base64 = ''] = key;
  const fingerprint = fingerprintOf(type, base64);
  if (typeof fingerprint !== 'string') return { mistake: { ...fingerprint, at: base64 } };
  const { namespaces, ...validity } = options;
  const signer: AllowedSigner = {
    ...{ person: principals, fingerprint, publicKey: `${type} ${base64}`, ...validity, line },
    mayApprove: namespaces === undefined || namespaces.includes(SIGNATURE_NAMESPACE),
  };
  if (namespaces !== undefined) return { signer };
  const message = `the key of ${principals} may sign anything: add namespaces="${SIGNATURE_NAMESPACE}" before the key.`;
  return { signer, warning: { code: 'signers-no-namespace', message, at: principals } };
}

const UNCLOSED: Mistake = {
  code: 'signers-quotation',
  message: 'the quotation mark is not closed: close it, or take it away.',
};

/** Why the first word is not the name of one person. */
function whyNoPerson(principals: string): Mistake | undefined {
  const at = principals;
  if (/[*?!]/.test(principals)) {
    return { code: 'signers-pattern', message: `"${principals}" is a pattern: name one person, without * ? or !.`, at };
  }
  if (principals.includes(',')) {
    const message = `"${principals}" names several people: give each a key and a line of their own.`;
    return { code: 'signers-several-people', message, at };
  }
  if (principals === '') return { code: 'signers-no-person', message: 'it names no person: start it with one.' };
  if (isPlainAscii(principals) || !INVISIBLE.test(principals)) return undefined;
  const message = `"${escapeForTerminal(principals)}" has characters in it that nobody sees: remove them.`;
  return { code: 'signers-hidden-characters', message, at };
}

function fingerprintOf(type: string, base64: string): string | Mistake {
  const blob = decodeBase64(base64);
  if (blob === undefined) {
    const message = 'the key is not base64 in its canonical form: copy it from the .pub file again.';
    return { code: 'signers-key-malformed', message };
  }
  const key = readSshPublicKey(blob);
  if (!key.ok) return { code: 'signers-key-unsupported', message: key.problem.message };
  if (key.value.type === type) return key.value.fingerprint;
  const message = `the key says it is "${key.value.type}", the line says "${type}": copy both from the .pub file again.`;
  return { code: 'signers-key-malformed', message };
}

function splitPrincipals(content: string): [string | undefined, string] {
  if (!content.startsWith('"')) {
    const principals = /^[^ \t]+/.exec(content)?.[0] ?? '';
    return [principals, content.slice(principals.length)];
  }
  const end = content.indexOf('"', 1);
  return end < 0 ? [undefined, ''] : [content.slice(1, end), content.slice(end + 1)];
}
