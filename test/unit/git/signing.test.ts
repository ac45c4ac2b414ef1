import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { verifySshsig } from '../../../src/approval/sshsig.ts';
import type { Result } from '../../../src/base/result.ts';
import type { PassphraseSource } from '../../../src/git/askpass.ts';
import { listSigningKeys, type SigningKey, signingKeyFromFile, signingKeyOf } from '../../../src/git/keys.ts';
import { sshSign } from '../../../src/git/ssh-sign.ts';
import { scratchRepository } from './support/scratch-repository.ts';
import { writeSecurityKeyFile } from './support/security-key-file.ts';
import { addToAgent, askpass, isolateSsh, makeKey, startAgent } from './support/ssh-agent.ts';

const MESSAGE = Buffer.from('DSSEv1 first line\nsecond line\n');

async function outcome(key: Result<SigningKey>, passphrase?: PassphraseSource): Promise<string> {
  if (!key.ok) return key.problem.code;
  const signed = await sshSign({
    key: key.value,
    namespace: 'model-signoff',
    message: MESSAGE,
    ...(passphrase && { passphrase }),
  });
  if (!signed.ok) {
    assert.match(signed.problem.message, /^[A-Z][^\n]*\.$/, 'one sentence');
    return signed.problem.code;
  }
  const verified = verifySshsig(signed.value, 'model-signoff', MESSAGE);
  return verified.ok && verified.value.key.fingerprint === key.value.fingerprint ? 'signed' : 'wrong signature';
}

const literal = (file: string): Result<SigningKey> => {
  const key = signingKeyFromFile(`${file}.pub`);
  return key.ok ? { ok: true, value: { ...key.value, path: undefined } } : key;
};

test('a key in a file signs, named by its private or its public half', async (context) => {
  const key = makeKey(isolateSsh(context), 'id');
  assert.equal(await outcome(signingKeyFromFile(key)), 'signed');
  assert.equal(await outcome(signingKeyFromFile(`${key}.pub`)), 'signed');
  unlinkSync(`${key}.pub`);
  assert.equal(await outcome(signingKeyFromFile(key)), 'signed', 'the private file carries its public half');
});

test('a key that only the agent holds signs; without agent, key or consent there is a sentence for each', async (context) => {
  const home = isolateSsh(context);
  const key = makeKey(home, 'id');
  const inAgent = literal(key);
  assert.equal(await outcome(inAgent), 'agent-missing');
  process.env['SSH_AUTH_SOCK'] = join(home, 'nobody-listens');
  assert.equal(await outcome(inAgent), 'agent-missing');
  startAgent(context);
  assert.equal(await outcome(inAgent), 'key-not-in-agent');
  addToAgent(key);
  assert.equal(await outcome(inAgent), 'signed');
  execFileSync('ssh-add', ['-q', '-D']);
  renameSync(key, `${key}-moved`);
  assert.equal(await outcome(signingKeyFromFile(`${key}.pub`)), 'key-unreadable');
  addToAgent(`${key}-moved`);
  assert.equal(await outcome(signingKeyFromFile(`${key}.pub`)), 'signed', 'the public half alone, and the agent');
});

test('an agent that asks for consent and gets none refuses', async (context) => {
  const home = isolateSsh(context);
  const key = makeKey(home, 'id');
  process.env['SSH_ASKPASS'] = askpass(home, undefined);
  process.env['SSH_ASKPASS_REQUIRE'] = 'force';
  startAgent(context);
  addToAgent(key, '-c');
  assert.equal(await outcome(literal(key)), 'agent-refused');
});

test('a passphrase comes from the askpass program that the person has set up', async (context) => {
  const home = isolateSsh(context);
  const key = signingKeyFromFile(makeKey(home, 'id', 'secret'));
  assert.equal(await outcome(key), 'passphrase-wrong', 'nobody to ask');
  process.env['SSH_ASKPASS'] = askpass(home, 'secret');
  assert.equal(await outcome(key), 'signed');
  process.env['SSH_ASKPASS'] = askpass(home, 'wrong');
  assert.equal(await outcome(key), 'passphrase-wrong');
});

test('a passphrase comes from a caller who asked for it', async (context) => {
  const home = isolateSsh(context);
  const passphrase = `it's "100 %" $HOME \`x\` \\ ü`;
  const key = signingKeyFromFile(makeKey(home, 'id', passphrase));
  process.env['SSH_ASKPASS'] = askpass(home, 'wrong');
  assert.equal(await outcome(key, { askedBy: 'caller', passphrase: undefined }), 'passphrase-needed');
  assert.equal(await outcome(key, { askedBy: 'caller', passphrase: 'wrong' }), 'passphrase-wrong');
  assert.equal(await outcome(key, { askedBy: 'caller', passphrase: '' }), 'passphrase-wrong');
  assert.equal(await outcome(key, { askedBy: 'caller', passphrase }), 'signed');
  startAgent(context);
  process.env['SSH_ASKPASS'] = askpass(home, 'unused');
  const other = makeKey(home, 'other');
  addToAgent(other);
  assert.equal(await outcome(literal(other), { askedBy: 'caller', passphrase: undefined }), 'signed');
});

test('a private key that others can read is refused, with the command that helps', async (context) => {
  const key = makeKey(isolateSsh(context), 'id');
  chmodSync(key, 0o644);
  assert.equal(await outcome(signingKeyFromFile(key)), 'key-unprotected');
});

test('a security key that is not plugged in is asked for', async (context) => {
  const file = writeSecurityKeyFile(isolateSsh(context));
  assert.equal(await outcome(signingKeyFromFile(file)), 'device-missing');
});

test('a certificate, a damaged key and no key at all are refused before anything is signed', async (context) => {
  const home = isolateSsh(context);
  const key = makeKey(home, 'id');
  execFileSync('ssh-keygen', ['-q', '-s', key, '-I', 'id', '-n', 'ana', `${key}.pub`]);
  const certificate = signingKeyFromFile(`${key}-cert.pub`);
  assert.ok(!certificate.ok && certificate.problem.code === 'key-not-supported');
  assert.match(certificate.problem.message, /choose .*\/id instead/);
  writeFileSync(join(home, 'text'), 'no key\n');
  assert.equal(await outcome(signingKeyFromFile(join(home, 'text'))), 'key-unreadable');
  assert.equal(await outcome(signingKeyFromFile(join(home, 'absent'))), 'key-unreadable');
});

test('git’s own set-up decides: a path, a path from home, a literal, a command; OpenPGP and nothing are told apart', async (context) => {
  const home = isolateSsh(context);
  const repository = scratchRepository(context);
  const key = makeKey(home, 'id');
  const publicKey = readFileSync(`${key}.pub`, 'utf8').trim();
  const opened = await repository.open();
  const code = async (workspace: 'trusted' | 'untrusted' = 'trusted') => {
    const found = await signingKeyOf(opened, { workspace });
    return found.ok ? (found.value.path ?? 'in the agent') : found.problem.code;
  };
  assert.equal(await code(), 'signing-format-not-ssh');
  repository.git('config', 'gpg.format', 'ssh');
  assert.equal(await code(), 'no-signing-key');
  repository.git('config', 'user.signingkey', `${key}.pub`);
  assert.equal(await code(), `${key}.pub`);
  repository.git('config', 'user.signingkey', '~/id');
  assert.equal(await code(), key);
  for (const text of [`key::${publicKey}`, publicKey]) {
    repository.git('config', 'user.signingkey', text);
    assert.equal(await code(), 'in the agent');
  }
  repository.git('config', '--unset', 'user.signingkey');
  writeFileSync(join(home, 'command'), `#!/bin/sh\necho 'key::${publicKey}'\n`);
  chmodSync(join(home, 'command'), 0o700);
  repository.git('config', 'gpg.ssh.defaultKeyCommand', join(home, 'command'));
  assert.equal(await code(), 'no-signing-key', 'a command that came with the repository is never run');
  writeFileSync(join(home, '.gitconfig'), `[gpg "ssh"]\n\tdefaultKeyCommand = ${join(home, 'command')}\n`);
  assert.equal(await code(), 'in the agent');
  assert.equal(await code('untrusted'), 'no-signing-key');
});

test('keys to choose from are those of ~/.ssh and of the agent, each once, and no certificates', async (context) => {
  const home = isolateSsh(context);
  mkdirSync(join(home, '.ssh'));
  const own = makeKey(join(home, '.ssh'), 'id_ed25519');
  const away = makeKey(home, 'away');
  execFileSync('ssh-keygen', ['-q', '-s', own, '-I', 'id', '-n', 'ana', `${own}.pub`]);
  copyFileSync(`${own}.pub`, join(home, '.ssh', 'copy.pub'));
  startAgent(context);
  addToAgent(own);
  addToAgent(away);
  const keys = await listSigningKeys();
  assert.deepEqual(keys.map(({ comment }) => comment).sort(), ['away', 'id_ed25519']);
});
