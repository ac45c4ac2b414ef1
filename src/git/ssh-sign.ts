import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';
import { type PassphraseSource, withAskpass } from './askpass.ts';
import { findProgram } from './find-program.ts';
import type { SigningKey } from './keys.ts';
import { type ProcessOutput, runProcess } from './run-process.ts';
import { whySigningFailed } from './signing-failure.ts';

export interface SshSignRequest {
  readonly key: SigningKey;
  readonly namespace: string;
  readonly message: Uint8Array;
  /** OpenSSH asks where this is not given. */
  readonly passphrase?: PassphraseSource;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Signs with `ssh-keygen -Y sign`, so that agents, passphrases and security keys work as they do for git.
 * The message goes in on standard input: given a file, ssh-keygen keeps an old signature beside it and reports success.
 * Gives the armoured signature. Problems: `ssh-keygen-missing`, and those of `whySigningFailed`.
 */
export async function sshSign(request: SshSignRequest): Promise<Result<string>> {
  const program = sshKeygen();
  if (program === undefined) {
    return fail('ssh-keygen-missing', 'ssh-keygen was not found on the PATH: install OpenSSH, then try again.');
  }
  const source = request.passphrase ?? { askedBy: 'ssh' };
  return withAskpass(source, (env) => (request.key.path === undefined ? byAgent : byFile)(program, request, env));
}

async function byFile(program: string, request: SshSignRequest, env: NodeJS.ProcessEnv): Promise<Result<string>> {
  return sign(program, request, { env, args: ['-f', request.key.path ?? ''] });
}

/** Of a key that only the agent holds, OpenSSH wants the public half as a file. */
async function byAgent(program: string, request: SshSignRequest, env: NodeJS.ProcessEnv): Promise<Result<string>> {
  const folder = mkdtempSync(join(tmpdir(), 'signoff-key-'));
  try {
    const file = join(folder, 'key.pub');
    writeFileSync(file, `${request.key.publicKey}\n`, { mode: 0o600 });
    return await sign(program, request, { env, args: ['-U', '-f', file] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sign(
  program: string,
  request: SshSignRequest,
  { env, args }: { readonly env: NodeJS.ProcessEnv; readonly args: readonly string[] },
): Promise<Result<string>> {
  const output: ProcessOutput = await runProcess(program, ['-Y', 'sign', '-n', request.namespace, ...args], {
    cwd: tmpdir(),
    env,
    input: request.message,
    signal: request.signal,
    maxBytes: 1024 * 1024,
  });
  const signature = output.stdout.toString('utf8');
  if (output.code === 0 && signature.startsWith('-----BEGIN SSH SIGNATURE-----')) return succeed(signature);
  return { ok: false, problem: whySigningFailed(output, request.key, request.passphrase ?? { askedBy: 'ssh' }) };
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
