import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';
import { userEnvironment } from './environment.ts';
import { findProgram } from './find-program.ts';
import { ownSettingOf, readSettings, settingOf } from './git-settings.ts';
import type { Repository } from './repository.ts';
import { gitSaid, runGit } from './run-git.ts';
import { runProcess } from './run-process.ts';

/** A key that can sign, by its public half. We never read a private key. */
export interface SigningKey {
  /** File to give to `ssh-keygen -f`; undefined for a key that only the agent holds. */
  readonly path: string | undefined;
  /** `<type> <base64>`, as in a `.pub` file, without the comment. */
  readonly publicKey: string;
  /** `SHA256:…`, as OpenSSH prints it. */
  readonly fingerprint: string;
  readonly comment: string;
}

/** A FIDO key, which signs only while somebody is there. */
export function isSecurityKey({ publicKey }: Pick<SigningKey, 'publicKey'>): boolean {
  return publicKey.startsWith('sk-');
}

const PUBLIC_KEY_LINE = /^([a-z0-9@.-]+) ([A-Za-z0-9+/]+={0,2})(?:[ \t]+(.*))?$/;

/**
 * The key that git is set up to sign with. `defaultKeyCommand` is only run from the user's own settings, and only when
 * the caller says that the workspace is trusted.
 * Problems: `no-signing-key`, `signing-format-not-ssh`, `key-unreadable`, `key-not-supported`.
 */
export async function signingKeyOf(
  repository: Repository,
  options: { readonly workspace: 'trusted' | 'untrusted' } = { workspace: 'untrusted' },
): Promise<Result<SigningKey>> {
  const settings = await readSettings(repository, '^(user\\.signingkey|gpg\\.format|gpg\\.ssh\\.defaultkeycommand)$');
  const format = settingOf(settings, 'gpg.format') ?? 'openpgp';
  const key = settingOf(settings, 'user.signingkey');
  if (format !== 'ssh') {
    return fail(
      'signing-format-not-ssh',
      'Git is not set up to sign with SSH keys: choose a key with --key, or run "git config --global gpg.format ssh" and "git config --global user.signingkey <path of your .pub file>".',
    );
  }
  if (key !== undefined && key !== '') return keyFromSetting(repository, key);
  const command = ownSettingOf(settings, 'gpg.ssh.defaultkeycommand');
  if (command !== undefined && options.workspace === 'trusted') return keyFromCommand(repository, command);
  return fail(
    'no-signing-key',
    'Git has no signing key: choose one with --key, or run "git config --global user.signingkey <path of your .pub file>".',
  );
}

/** A key file that the user chose: private or `.pub`. Problems: `key-unreadable`, `key-not-supported`. */
export function signingKeyFromFile(path: string): Result<SigningKey> {
  const absolute = resolve(path.replace(/^~(?=$|[/\\])/, homedir()));
  const text = readText(absolute);
  if (text === undefined) return fail('key-unreadable', `There is no readable key at ${path}.`);
  const own = parsePublicKey(text);
  if (own !== undefined) return ifSupported({ ...own, path: absolute });
  const beside = readText(`${absolute}.pub`);
  const publicHalf = parsePublicKey(beside ?? '') ?? publicHalfOf(text);
  if (publicHalf !== undefined) return ifSupported({ ...publicHalf, path: absolute });
  return fail(
    'key-unreadable',
    `${path} is not an SSH key, or its public half is missing: put it beside it as ${path}.pub.`,
  );
}

/**
 * A key that is written out, as in `user.signingkey`: `key::<type> <base64>`, or the same without its prefix. Undefined
 * for anything else. Problem: `key-not-supported`.
 */
export function signingKeyOfText(text: string): Result<SigningKey> | undefined {
  const key = parsePublicKey(text.startsWith('key::') ? text.slice('key::'.length) : text);
  return key === undefined ? undefined : ifSupported({ ...key, path: undefined });
}

/** Every SSH key that could sign here: those of the agent, then those in the user's `.ssh` folder. */
export async function listSigningKeys(): Promise<SigningKey[]> {
  const keys = new Map<string, SigningKey>();
  for (const key of keysInFolder(join(homedir(), '.ssh'))) keys.set(key.fingerprint, key);
  for (const key of await keysOfAgent()) if (!keys.has(key.fingerprint)) keys.set(key.fingerprint, key);
  return [...keys.values()];
}

/** Certificates say who somebody is by what an authority signed; `allowed_signers` names each person's key itself. */
function ifSupported(key: SigningKey): Result<SigningKey> {
  if (!isCertificate(key)) return succeed(key);
  const plain = key.path?.replace(/-cert\.pub$/, '') ?? 'its plain key';
  return fail(
    'key-not-supported',
    `${key.path ?? key.fingerprint} is an SSH certificate, and approvals are signed with plain keys: choose ${plain} instead.`,
  );
}

function isCertificate({ publicKey }: Pick<SigningKey, 'publicKey'>): boolean {
  return /^[a-z0-9-]+-cert-v\d+@/.test(publicKey);
}

/** OpenSSH's fingerprint of a public key's raw bytes. */
export function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/** Reads a line as it stands in a `.pub` file. */
export function parsePublicKey(text: string): Omit<SigningKey, 'path'> | undefined {
  const match = PUBLIC_KEY_LINE.exec(text.split('\n', 1)[0]?.trim() ?? '');
  const [, type, base64, comment] = match ?? [];
  if (type === undefined || base64 === undefined) return undefined;
  const blob = Buffer.from(base64, 'base64');
  if (blob.length < 4 || blob.toString('latin1', 4, 4 + blob.readUInt32BE(0)) !== type) return undefined;
  return { publicKey: `${type} ${base64}`, fingerprint: fingerprintOf(blob), comment: comment ?? '' };
}

async function keyFromSetting(repository: Repository, setting: string): Promise<Result<SigningKey>> {
  const literal = signingKeyOfText(setting);
  if (literal !== undefined) return literal;
  const output = await runGit(repository, ['config', '--null', '--type=path', '--get', 'user.signingkey']);
  const path = output.stdout.toString('utf8').replace(/\0$/, '');
  if (output.code !== 0 || path === '')
    return fail('key-unreadable', `Git can't read user.signingkey: ${gitSaid(output)}`);
  return signingKeyFromFile(isAbsolute(path) ? path : resolve(repository.topLevel, path));
}

/** Git runs this command through a shell; we take only plain words, which every documented use is. */
async function keyFromCommand(repository: Repository, command: string): Promise<Result<SigningKey>> {
  const [name = '', ...args] = command.trim().split(/\s+/);
  const program = isAbsolute(name) ? name : findProgram(name);
  if (program === undefined)
    return fail('no-signing-key', `gpg.ssh.defaultKeyCommand names "${name}", which is not on the PATH.`);
  const output = await runProcess(program, args, { cwd: repository.topLevel, env: userEnvironment() });
  const line =
    output.stdout
      .toString('utf8')
      .split('\n', 1)[0]
      ?.replace(/^key::/, '') ?? '';
  const key = output.code === 0 ? parsePublicKey(line) : undefined;
  if (key === undefined)
    return fail('no-signing-key', `gpg.ssh.defaultKeyCommand gave no SSH key: choose one with --key.`);
  return ifSupported({ ...key, path: undefined });
}

function keysInFolder(folder: string): SigningKey[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.pub'))
    .sort()
    .map((name) => signingKeyFromFile(join(folder, name)))
    .flatMap((key) => (key.ok ? [key.value] : []));
}

async function keysOfAgent(): Promise<SigningKey[]> {
  const program = findProgram('ssh-add');
  if (program === undefined || process.env['SSH_AUTH_SOCK'] === undefined) return [];
  const output = await runProcess(program, ['-L'], { cwd: homedir(), env: userEnvironment() }).catch(() => undefined);
  if (output === undefined || output.code !== 0) return [];
  return output.stdout
    .toString('utf8')
    .split('\n')
    .flatMap((line) => parsePublicKey(line) ?? [])
    .filter((key) => !isCertificate(key))
    .map((key) => ({ ...key, path: undefined }));
}

/** OpenSSH's own private key files carry the public half in the clear, also when they are encrypted. */
function publicHalfOf(text: string): Omit<SigningKey, 'path'> | undefined {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END OPENSSH PRIVATE KEY-----/.exec(
    text,
  )?.[1];
  if (body === undefined) return undefined;
  const bytes = Buffer.from(body, 'base64');
  try {
    let offset = 'openssh-key-v1\0'.length;
    if (bytes.toString('latin1', 0, offset) !== 'openssh-key-v1\0') return undefined;
    for (let skipped = 0; skipped < 3; skipped++) offset += 4 + bytes.readUInt32BE(offset); // cipher, kdf, its options
    offset += 4; // number of keys
    const length = bytes.readUInt32BE(offset);
    const blob = bytes.subarray(offset + 4, offset + 4 + length);
    const type = blob.toString('latin1', 4, 4 + blob.readUInt32BE(0));
    return parsePublicKey(`${type} ${blob.toString('base64')}`);
  } catch {
    return undefined; // Cut off or not what it says: the caller tells the user.
  }
}

function readText(path: string): string | undefined {
  try {
    return statSync(path).size < 65_536 ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
