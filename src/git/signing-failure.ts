import type { Problem } from '../base/result.ts';
import type { PassphraseSource } from './askpass.ts';
import { isSecurityKey, type SigningKey } from './keys.ts';
import type { ProcessOutput } from './run-process.ts';

/** What OpenSSH says in which case, and which of our codes it is. The first that fits counts. */
const CASES: readonly (readonly [said: RegExp, code: string, words: (key: string, file: string) => string])[] = [
  [
    /UNPROTECTED PRIVATE KEY FILE/i,
    'key-unprotected',
    (key, file) => `Others can read the private key ${key}, so OpenSSH refuses it: run chmod 600 ${file}.`,
  ],
  [
    /agent refused/i,
    'agent-refused',
    (key) => `The SSH agent refused to sign with the key ${key}: its confirmation was denied, or its device is gone.`,
  ],
  [
    /couldn't get agent socket/i,
    'agent-missing',
    (key) =>
      `No SSH agent is running here, and only an agent could sign with the key ${key}: start one (eval "$(ssh-agent)"), and add the key with ssh-add.`,
  ],
  [
    /couldn't find key in agent/i,
    'key-not-in-agent',
    (key) => `The SSH agent does not hold the key ${key}, or is locked: add the key with ssh-add.`,
  ],
  [
    /device not found/i,
    'device-missing',
    (key) => `The security key ${key} was not found: plug it in, then try again.`,
  ],
  [
    /No private key found|No such file/i,
    'key-unreadable',
    (key) =>
      `The private half of the key ${key} was not found: add it to the agent with ssh-add, or name the private key's file.`,
  ],
];

/**
 * Why ssh-keygen did not sign, in one sentence that says what to do.
 * Codes: those above, `passphrase-needed` (nobody was asked), `passphrase-wrong`, `signing-failed`.
 */
export function whySigningFailed({ stderr, code }: ProcessOutput, key: SigningKey, source: PassphraseSource): Problem {
  const name = key.path ?? key.fingerprint;
  const file = (key.path ?? 'its file').replace(/\.pub$/, '');
  if (/incorrect passphrase|incorrect pin/i.test(stderr)) return whyPassphrase(name, file, key, source);
  const known = CASES.find(([said]) => said.test(stderr));
  if (known !== undefined) return problem(known[1], known[2](name, file));
  const said = stderr.replace('Signing data on standard input', '').trim().split('\n')[0] ?? '';
  return problem('signing-failed', `ssh-keygen could not sign: ${said || `it ended with status ${code}`}`);
}

function whyPassphrase(name: string, file: string, key: SigningKey, source: PassphraseSource): Problem {
  const secret = isSecurityKey(key) ? 'PIN' : 'passphrase';
  if (source.askedBy === 'caller') {
    return source.passphrase === undefined
      ? problem('passphrase-needed', `The key ${name} needs its ${secret}.`)
      : problem('passphrase-wrong', `The ${secret} of the key ${name} was wrong, so nothing was signed.`);
  }
  return problem(
    'passphrase-wrong',
    `The ${secret} of the key ${name} was wrong, or there was nobody to ask for it: try again on a terminal, or add the key to the agent with ssh-add ${file}.`,
  );
}

function problem(code: string, message: string): Problem {
  return { code, severity: 'error', message };
}
