import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';
import { userEnvironment } from './environment.ts';
import { findProgram } from './find-program.ts';
import type { SigningKey } from './keys.ts';
import { runProcess } from './run-process.ts';

export interface SshSignRequest {
  readonly key: SigningKey;
  readonly namespace: string;
  readonly message: Uint8Array;
  readonly signal?: AbortSignal | undefined;
}

/** What ssh-keygen says, and what that means for the person who wants to sign. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [
    /incorrect passphrase/i,
    'The passphrase of the key was wrong, or nobody could be asked for it: add the key to the agent (ssh-add), then try again.',
  ],
  [/UNPROTECTED PRIVATE KEY FILE/i, 'Others can read the private key, so OpenSSH refuses it: run "chmod 600" on it.'],
  [/agent refused/i, 'The SSH agent refused to sign: its confirmation was denied.'],
  [/device not found/i, 'The security key was not found: plug it in, then try again.'],
  [
    /No private key found|No such file|invalid format|not found in agent/i,
    'The private half of the key was not found: add it to the agent (ssh-add), or choose the private key file.',
  ],
];

/**
 * Signs with `ssh-keygen -Y sign`, so that agents, passphrases and security keys work as they do for git.
 * The message goes in on standard input: given a file, ssh-keygen keeps an old signature beside it and reports success.
 * Gives the armoured signature. Problems: `ssh-keygen-missing`, `signing-failed`.
 */
export async function sshSign(request: SshSignRequest): Promise<Result<string>> {
  const program = sshKeygen();
  if (program === undefined) {
    return fail('ssh-keygen-missing', 'ssh-keygen was not found on the PATH: install OpenSSH, then try again.');
  }
  if (request.key.path !== undefined) return sign(program, request, ['-f', request.key.path]);
  const folder = mkdtempSync(join(tmpdir(), 'signoff-key-'));
  try {
    const file = join(folder, 'key.pub');
    writeFileSync(file, `${request.key.publicKey}\n`, { mode: 0o600 });
    return await sign(program, request, ['-U', '-f', file]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sign(program: string, request: SshSignRequest, keyArgs: readonly string[]): Promise<Result<string>> {
  const output = await runProcess(program, ['-Y', 'sign', '-n', request.namespace, ...keyArgs], {
    cwd: tmpdir(),
    env: userEnvironment(),
    input: request.message,
    signal: request.signal,
    maxBytes: 1024 * 1024,
  });
  const signature = output.stdout.toString('utf8');
  if (output.code === 0 && signature.startsWith('-----BEGIN SSH SIGNATURE-----')) return succeed(signature);
  const known = WORDS.find(([pattern]) => pattern.test(output.stderr))?.[1];
  const said = output.stderr.replace('Signing data on standard input', '').trim().split('\n')[0] ?? '';
  return fail('signing-failed', known ?? `ssh-keygen could not sign: ${said || `it ended with status ${output.code}`}`);
}

/** On Windows, Git brings an ssh-keygen of its own that is not always on the PATH. */
export function sshKeygen(): string | undefined {
  const onPath = findProgram('ssh-keygen');
  if (onPath !== undefined || process.platform !== 'win32') return onPath;
  const git = findProgram('git');
  if (git === undefined) return undefined;
  const beside = join(dirname(git), '..', 'usr', 'bin', 'ssh-keygen.exe');
  return existsSync(beside) ? beside : undefined;
}
