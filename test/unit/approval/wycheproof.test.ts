import assert from 'node:assert/strict';
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readSshPublicKey } from '../../../src/approval/ssh-public-key.ts';
import { checkSshSignature } from '../../../src/approval/ssh-signature.ts';
import { SshWireError, sshString } from '../../../src/approval/ssh-wire.ts';

const CORPUS = join(import.meta.dirname, '../../../../shared/corpora/wycheproof/testvectors_v1');

interface Vectors {
  readonly testGroups: readonly {
    readonly publicKeyDer?: string;
    readonly publicKey?: { readonly pk?: string };
    readonly publicKeyPem?: string;
    readonly tests: readonly {
      readonly tcId: number;
      readonly comment: string;
      readonly msg: string;
      readonly sig: string;
      readonly result: string;
    }[];
  }[];
}

/** An integer as SSH writes it. */
function mpint(hexOrBytes: Uint8Array): Buffer {
  let bytes = Buffer.from(hexOrBytes);
  while (bytes.length > 0 && bytes[0] === 0) bytes = bytes.subarray(1);
  return sshString((bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

function keyBlob(jwk: JsonWebKey): Buffer {
  const part = (text: string | undefined) => Buffer.from(text ?? '', 'base64url');
  if (jwk.kty === 'OKP') return Buffer.concat([sshString('ssh-ed25519'), sshString(part(jwk.x))]);
  if (jwk.kty === 'RSA') return Buffer.concat([sshString('ssh-rsa'), mpint(part(jwk.e)), mpint(part(jwk.n))]);
  const curve = `nistp${(jwk.crv ?? '').slice(2)}`;
  const point = Buffer.concat([Buffer.from([4]), part(jwk.x), part(jwk.y)]);
  return Buffer.concat([sshString(`ecdsa-sha2-${curve}`), sshString(curve), sshString(point)]);
}

/** Strict DER of SEQUENCE { r, s }, as SSH has no DER; undefined for anything else, which SSH can't even express. */
function integersOf(der: Buffer): [Buffer, Buffer] | undefined {
  const read = (bytes: Buffer, tag: number): [Buffer, Buffer] | undefined => {
    if (bytes[0] !== tag || bytes[1] === undefined) return undefined;
    const [start, length] =
      bytes[1] < 0x80 ? [2, bytes[1]] : bytes[1] === 0x81 && (bytes[2] ?? 0) >= 0x80 ? [3, bytes[2] ?? 0] : [0, -1];
    if (length < 0 || start + length > bytes.length) return undefined;
    return [bytes.subarray(start, start + length), bytes.subarray(start + length)];
  };
  const sequence = read(der, 0x30);
  const r = sequence && sequence[1].length === 0 ? read(sequence[0], 2) : undefined;
  const s = r && read(r[1], 2);
  return r && s && s[1].length === 0 ? [r[0], s[0]] : undefined;
}

function signatureBlob(file: string, type: string, signature: Buffer): Buffer | undefined {
  if (file.startsWith('ed25519')) return Buffer.concat([sshString(type), sshString(signature)]);
  if (file.startsWith('rsa'))
    return Buffer.concat([sshString(file.includes('sha512') ? 'rsa-sha2-512' : 'rsa-sha2-256'), sshString(signature)]);
  const integers = integersOf(signature);
  return (
    integers && Buffer.concat([sshString(type), sshString(Buffer.concat(integers.map((each) => sshString(each))))])
  );
}

const FILES = [
  'ed25519_test.json',
  'ecdsa_secp256r1_sha256_test.json',
  'ecdsa_secp384r1_sha384_test.json',
  'ecdsa_secp521r1_sha512_test.json',
  'rsa_signature_3072_sha256_test.json',
  'rsa_signature_3072_sha512_test.json',
  'rsa_signature_4096_sha256_test.json',
  'rsa_signature_4096_sha512_test.json',
];

for (const file of FILES) {
  test(`Wycheproof ${file}: no disagreement`, (context) => {
    if (!existsSync(CORPUS)) return context.skip('the corpus ../shared/corpora/wycheproof is not here');
    const { testGroups } = JSON.parse(readFileSync(join(CORPUS, file), 'utf8')) as Vectors;
    let tried = 0;
    for (const group of testGroups) {
      const der = Buffer.from(group.publicKeyDer ?? '', 'hex');
      const key = readSshPublicKey(
        keyBlob(createPublicKey({ key: der, format: 'der', type: 'spki' }).export({ format: 'jwk' })),
      );
      assert.ok(key.ok, JSON.stringify(key));
      for (const vector of group.tests) {
        const blob = signatureBlob(file, key.value.type, Buffer.from(vector.sig, 'hex'));
        const accepted: boolean = blob !== undefined && isAccepted(key.value, blob, Buffer.from(vector.msg, 'hex'));
        // "acceptable" marks sloppy encodings that a verifier may refuse.
        if (vector.result !== 'acceptable')
          assert.equal(accepted, vector.result === 'valid', `${vector.tcId} ${vector.comment}`);
        tried++;
      }
    }
    context.diagnostic(`${tried} vectors`);
    assert.ok(tried > 100);
  });
}

function isAccepted(...[key, blob, message]: Parameters<typeof checkSshSignature>): boolean {
  try {
    return checkSshSignature(key, blob, message) !== undefined;
  } catch (error) {
    if (error instanceof SshWireError) return false;
    throw error;
  }
}
