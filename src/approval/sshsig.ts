import { createHash } from 'node:crypto';
import { fail, type Result, succeed } from '../base/result.ts';
import { decodeBase64 } from './base64.ts';
import { readSshPublicKey, type SshPublicKey } from './ssh-public-key.ts';
import { checkSshSignature, type Presence } from './ssh-signature.ts';
import { SshWireError, SshWireReader, sshString } from './ssh-wire.ts';

/** A signature that verifies, and the key that made it. Whose key it is, `allowed_signers` says. */
export interface VerifiedSignature {
  readonly key: SshPublicKey;
  readonly presence: Presence | null;
}

const MAGIC = 'SSHSIG';
const VERSION = 1;
const LINE_LENGTH = 70;
/** The largest signature, by an RSA key of 16384 bits, takes 6 kB. More is refused before anything is decoded. */
export const MAX_ARMOUR_LENGTH = 16 * 1024;
const ARMOUR = /^-----BEGIN SSH SIGNATURE-----\n((?:[A-Za-z0-9+/=]{1,70}\n)+)-----END SSH SIGNATURE-----\n$/;
const HASHES = ['sha512', 'sha256'];

/**
 * Verifies an armoured SSHSIG over `message`, as `ssh-keygen -Y check-novalidate` would, in Node's crypto alone.
 * Stricter than ssh-keygen in that each signature has one spelling: no text around the armour, lines of 70 characters,
 * nothing in the reserved field. Problems: `signature-malformed`, `signature-invalid`, `key-not-supported`.
 */
export function verifySshsig(armoured: string, namespace: string, message: Uint8Array): Result<VerifiedSignature> {
  const blob = decodeArmour(armoured);
  if (blob === undefined) return malformed('it is not an armoured SSH signature in its one canonical form');
  try {
    return verifyBlob(blob, namespace, message);
  } catch (error) {
    if (error instanceof SshWireError) return malformed(error.message);
    throw error;
  }
}

function verifyBlob(blob: Buffer, namespace: string, message: Uint8Array): Result<VerifiedSignature> {
  const reader = new SshWireReader(blob);
  if (reader.raw(MAGIC.length).toString('latin1') !== MAGIC) return malformed('it does not start with SSHSIG');
  const version = reader.uint32();
  if (version !== VERSION) return malformed(`its version is ${version}, not ${VERSION}`);
  const publicKey = reader.string();
  const signedNamespace = reader.string().toString('latin1');
  const reserved = reader.string();
  const hash = reader.name();
  const signature = reader.string();
  reader.end();
  if (reserved.length > 0) return malformed('its reserved field is not empty');
  if (!HASHES.includes(hash)) return malformed(`its hash "${hash}" is not sha512 or sha256`);
  if (signedNamespace !== namespace) {
    return fail('signature-invalid', `The signature was made for "${signedNamespace}", not for "${namespace}".`);
  }
  const key = readSshPublicKey(publicKey);
  if (!key.ok) return key;
  const checked = checkSshSignature(key.value, signature, signedData(namespace, hash, message));
  if (checked === undefined) return fail('signature-invalid', 'The signature does not fit the signed bytes.');
  return succeed({ key: key.value, presence: checked.presence });
}

/** https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig §3: the message itself enters as a hash. */
function signedData(namespace: string, hash: string, message: Uint8Array): Buffer {
  const digest = createHash(hash).update(message).digest();
  return Buffer.concat([Buffer.from(MAGIC), sshString(namespace), sshString(''), sshString(hash), sshString(digest)]);
}

function decodeArmour(armoured: string): Buffer | undefined {
  const body = armoured.length > MAX_ARMOUR_LENGTH ? undefined : ARMOUR.exec(armoured)?.[1];
  if (body === undefined) return undefined;
  const lines = body.split('\n').slice(0, -1);
  if (lines.slice(0, -1).some((line) => line.length !== LINE_LENGTH)) return undefined;
  return decodeBase64(lines.join(''));
}

function malformed<Value>(why: string): Result<Value> {
  return fail('signature-malformed', `The signature is malformed: ${why}.`);
}
