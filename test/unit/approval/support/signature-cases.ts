import { createHash } from 'node:crypto';
import { sshString } from '../../../../src/approval/ssh-wire.ts';
import { armour } from './person.ts';
import { ecdsaKey, ed25519Key, mpint, rsaKey, type SshKey } from './ssh-keys.ts';

/** A signature that was made well or badly, and who is claimed to have made it. */
export interface SignatureCase {
  /** What was done to it. */
  readonly what: string;
  readonly armoured: Buffer;
  readonly message: Buffer;
  readonly person: string;
}

/** Where we refuse what ssh-keygen takes, on purpose: one signature has one spelling. */
export const STRICTER: ReadonlySet<string> = new Set([
  'text after the armour', // ssh-keygen stops reading at the end line
  'two armours', // it reads the first
  'lines of 60 characters',
  'one long line',
  'blanks at the ends of lines',
  'blank lines inside',
  'no newline at the end',
  'version 0', // it refuses only later ones
  'a reserved field that is not empty', // it is never signed, and ssh-keygen ignores it
  'an integer that is not in its shortest form', // its reader trims zeros
  'an RSA signature without its leading zero', // it pads on the left
  'an ed25519 scalar that is not reduced', // RFC 8032 §5.1.7 demands S < L; OpenSSH checks three bits
]);

interface Person {
  readonly name: string;
  readonly key: SshKey;
  readonly options: string;
}

/** The parts of an SSHSIG blob (PROTOCOL.sshsig §2), each of which can be wrong. */
interface Parts {
  magic: string;
  version: number;
  publicBlob: Buffer;
  namespace: string;
  reserved: Buffer;
  hash: string;
  signatureType: string;
  raw: Buffer;
  after: Buffer;
}

export const NAMESPACE = 'model-signoff';

/** People with a key of each kind; some keys are not listed, listed for git, or past their time. */
function makePeople(): readonly Person[] {
  const kinds = [
    ...[ed25519Key, ed25519Key, () => ecdsaKey('nistp256'), () => ecdsaKey('nistp384'), () => ecdsaKey('nistp521')],
    ...[() => rsaKey(2048), () => rsaKey(3072)],
  ];
  const listed = `namespaces="${NAMESPACE}"`;
  return [
    ...kinds.map((make, index) => ({ name: `person${index}@acme.example`, key: make(), options: listed })),
    { name: 'git@acme.example', key: ed25519Key(), options: 'namespaces="git"' },
    { name: 'past@acme.example', key: ed25519Key(), options: `${listed},valid-before="20200101Z"` },
    { name: 'future@acme.example', key: ed25519Key(), options: `${listed},valid-after="29990101Z"` },
    { name: 'stranger@acme.example', key: ed25519Key(), options: 'unlisted' },
  ];
}

/** Cases without end, the same for the same seed but for the keys; and the signers that judge them. */
export function signatureCases(seed: number): { readonly signers: string; readonly next: () => SignatureCase } {
  const people = makePeople();
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const oneOf = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const signers = people
    .filter(({ options }) => options !== 'unlisted')
    .map(({ name, key, options }) => `${name} ${options} ${key.publicKey}\n`)
    .join('');

  const next = (): SignatureCase => {
    const person = oneOf(people);
    const message = Buffer.from(Array.from({ length: 1 + below(200) }, () => below(256)));
    const what = oneOf(MUTATIONS.filter(({ only }) => only === undefined || person.key.type.includes(only)));
    return what.make({ person, message, below, oneOf, people });
  };
  return { signers, next };
}

interface Making {
  readonly person: Person;
  readonly message: Buffer;
  readonly below: (limit: number) => number;
  readonly oneOf: <Item>(items: readonly Item[]) => Item;
  readonly people: readonly Person[];
}

interface Mutation {
  /** Part of the key types that it can be done to; all when absent. */
  readonly only?: string;
  readonly make: (making: Making) => SignatureCase;
}

/** Signs as an honest signer does, over what the parts say at that moment. */
function honest({ person, message, oneOf }: Making, hash = oneOf(['sha512', 'sha256']), namespace = NAMESPACE): Parts {
  const digest = createHash(hash).update(message).digest();
  const data = Buffer.concat([
    Buffer.from('SSHSIG'),
    ...[sshString(namespace), sshString(''), sshString(hash), sshString(digest)],
  ]);
  const signatureType = oneOf(person.key.signatureTypes);
  return {
    ...{ magic: 'SSHSIG', version: 1, publicBlob: person.key.publicBlob, namespace, reserved: Buffer.alloc(0), hash },
    ...{ signatureType, raw: person.key.signRaw(data, signatureType), after: Buffer.alloc(0) },
  };
}

function blobOf(parts: Parts): Buffer {
  const version = Buffer.alloc(4);
  version.writeUInt32BE(parts.version);
  const signature = Buffer.concat([sshString(parts.signatureType), sshString(parts.raw)]);
  return Buffer.concat([
    ...[Buffer.from(parts.magic), version, sshString(parts.publicBlob), sshString(parts.namespace)],
    ...[sshString(parts.reserved), sshString(parts.hash), sshString(signature), parts.after],
  ]);
}

/** Changes the parts after they were signed. */
function withParts(what: string, change: (parts: Parts, making: Making) => void, only?: string): Mutation {
  return {
    ...(only === undefined ? {} : { only }),
    make: (making) => {
      const parts = honest(making);
      change(parts, making);
      return caseOf(what, making, Buffer.from(armour(blobOf(parts))));
    },
  };
}

function withArmour(what: string, change: (text: string, making: Making) => string): Mutation {
  return {
    make: (making) => caseOf(what, making, Buffer.from(change(armour(blobOf(honest(making))), making), 'latin1')),
  };
}

function caseOf(what: string, { person, message }: Making, armoured: Buffer): SignatureCase {
  return { what, armoured, message, person: person.name };
}

const ORDER_OF_ED25519 = 2n ** 252n + 27742317777372353535851937790883648493n;
const ORDER_OF_P256 = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

function integer(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function bytesOf(value: bigint, length: number): Buffer {
  return Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex');
}

function mpintOf(value: bigint): Buffer {
  return mpint(bytesOf(value, 32));
}

/** The armour's base64 in lines of another length. */
function relined(text: string, length: number): string {
  const lines = text.trimEnd().split('\n');
  const body =
    lines
      .slice(1, -1)
      .join('')
      .match(new RegExp(`.{1,${length}}`, 'g')) ?? [];
  return [lines[0], ...body, lines.at(-1), ''].join('\n');
}

/** Mulberry32: small, and the same everywhere. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The two integers of an ECDSA signature, as they stand there. */
function halvesOf(raw: Buffer): [Buffer, Buffer] {
  const first = raw.readUInt32BE(0);
  return [raw.subarray(4, 4 + first), raw.subarray(8 + first)];
}

const NO_CHANGE: Mutation = {
  make: (making) => caseOf('no change', making, Buffer.from(armour(blobOf(honest(making))))),
};

const MUTATIONS: readonly Mutation[] = [
  withParts('bytes after the end', (parts) => (parts.after = Buffer.from('x'))),
  withParts('another magic', (parts) => (parts.magic = 'SSHSIH')),
  withParts('version 0', (parts) => {
    parts.version = 0;
  }),
  withParts('a later version', (parts, { oneOf }) => {
    parts.version = oneOf([2, 256, 0x01000000]);
  }),
  withParts('another namespace in the field', (parts) => (parts.namespace = 'git')),
  withParts('an empty namespace', (parts) => (parts.namespace = '')),
  withParts('a reserved field that is not empty', (parts) => (parts.reserved = Buffer.from('x'))),
  withParts('another hash in the field', (parts) => (parts.hash = parts.hash === 'sha512' ? 'sha256' : 'sha512')),
  withParts('an unknown hash', (parts, { oneOf }) => (parts.hash = oneOf(['sha1', 'md5', 'SHA512', '']))),
  withParts("somebody else's key", (parts, { oneOf, people }) => (parts.publicBlob = oneOf(people).key.publicBlob)),
  withParts('an empty signature', (parts) => (parts.raw = Buffer.alloc(0))),
  withParts('a signature of zeros', (parts) => (parts.raw = Buffer.alloc(parts.raw.length))),
  withParts('another signature type', (parts, { oneOf }) => {
    parts.signatureType = oneOf(['ssh-rsa', 'rsa-sha2-256', 'rsa-sha2-512', 'ssh-ed25519', 'ecdsa-sha2-nistp256', 'x']);
  }),
  withParts('a signature with a byte more', (parts) => (parts.raw = Buffer.concat([parts.raw, Buffer.from([0])]))),
  withParts('a signature with a zero before', (parts) => (parts.raw = Buffer.concat([Buffer.from([0]), parts.raw]))),
  withParts(
    'an ed25519 scalar that is not reduced',
    (parts) => {
      const scalar = integer(Buffer.from(parts.raw.subarray(32)).reverse()) + ORDER_OF_ED25519;
      parts.raw = Buffer.concat([parts.raw.subarray(0, 32), bytesOf(scalar, 32).reverse()]);
    },
    'ssh-ed25519',
  ),
  withParts(
    'the other s of ECDSA',
    (parts) => {
      const [r, s] = halvesOf(parts.raw);
      parts.raw = Buffer.concat([mpintOf(integer(r)), mpintOf(ORDER_OF_P256 - integer(s))]);
    },
    'nistp256',
  ),
  withParts(
    'an integer that is not in its shortest form',
    (parts) => {
      const [r, s] = halvesOf(parts.raw);
      parts.raw = Buffer.concat([sshString(Buffer.concat([Buffer.from([0, 0]), r])), sshString(s)]);
    },
    'ecdsa',
  ),
  withParts(
    'r and s exchanged',
    (parts) => {
      const [r, s] = halvesOf(parts.raw);
      parts.raw = Buffer.concat([sshString(s), sshString(r)]);
    },
    'ecdsa',
  ),
  withParts(
    'r of zero',
    (parts) => {
      const [, s] = halvesOf(parts.raw);
      parts.raw = Buffer.concat([sshString(''), sshString(s)]);
    },
    'ecdsa',
  ),
  withParts(
    'a signature by SHA-1',
    (parts, making) => {
      const digest = createHash(parts.hash).update(making.message).digest();
      const fields = [sshString(NAMESPACE), sshString(''), sshString(parts.hash), sshString(digest)];
      parts.signatureType = 'ssh-rsa';
      parts.raw = making.person.key.signRaw(Buffer.concat([Buffer.from('SSHSIG'), ...fields]), 'ssh-rsa');
    },
    'ssh-rsa',
  ),
  withArmour('text before the armour', (text) => `hello\n${text}`),
  withArmour('a blank line before the armour', (text) => `\n${text}`),
  withArmour('text after the armour', (text) => `${text}hello\n`),
  withArmour('two armours', (text) => text + text),
  withArmour('CRLF', (text) => text.replaceAll('\n', '\r\n')),
  withArmour('lines of 60 characters', (text) => relined(text, 60)),
  withArmour('one long line', (text) => relined(text, 10_000)),
  withArmour('blanks at the ends of lines', (text) => text.replaceAll(/(?<=[A-Za-z0-9+/=])\n(?!-)/g, ' \n')),
  withArmour('blank lines inside', (text) => text.replace(/\n(?=[A-Za-z0-9+/=]+\n-----END)/, '\n\n')),
  withArmour('no newline at the end', (text) => text.trimEnd()),
  withArmour('no end', (text) => text.slice(0, text.indexOf('-----END'))),
  withArmour('another header', (text) => text.replaceAll('SSH SIGNATURE', 'SSH2 SIGNATURE')),
  withArmour('a character that is not base64', (text, { below }) => {
    const at = 30 + below(60);
    return `${text.slice(0, at)}!${text.slice(at + 1)}`;
  }),
  withArmour('padding in the middle', (text) => `${text.slice(0, 60)}==${text.slice(62)}`),
  withArmour('base64 with other last bits', (text) =>
    text.replace(/(.)(=+\n-----END)/, (_, last: string, rest: string) => {
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
      return alphabet.charAt(alphabet.indexOf(last) + 1) + rest;
    }),
  ),
  ...Array.from({ length: 8 }, () => NO_CHANGE),
  {
    make: (making) => {
      const armoured = Buffer.from(armour(blobOf(honest(making, 'sha512', 'git'))));
      return caseOf('made for git', making, armoured);
    },
  },
  {
    make: (making) => {
      const made = caseOf('another message', making, Buffer.from(armour(blobOf(honest(making)))));
      const message = Buffer.from(made.message);
      const at = making.below(message.length);
      message[at] = (message[at] ?? 0) ^ (1 << making.below(8));
      return { ...made, message };
    },
  },
  {
    make: (making) => {
      const made = caseOf("another person's name", making, Buffer.from(armour(blobOf(honest(making)))));
      return { ...made, person: making.oneOf(making.people).name };
    },
  },
  {
    make: (making) => {
      const blob = blobOf(honest(making));
      const flips = 1 + making.below(3);
      for (let flip = 0; flip < flips; flip += 1) {
        const at = making.below(blob.length);
        blob[at] = (blob[at] ?? 0) ^ (1 << making.below(8));
      }
      return caseOf('bits of the blob flipped', making, Buffer.from(armour(blob)));
    },
  },
  {
    make: (making) => {
      const blob = blobOf(honest(making));
      return caseOf('cut off', making, Buffer.from(armour(blob.subarray(0, making.below(blob.length)))));
    },
  },
  {
    only: 'ssh-rsa',
    make: (making) => {
      for (let attempt = 0; ; attempt += 1) {
        const message = Buffer.concat([making.message, Buffer.from(String(attempt))]);
        const parts = honest({ ...making, message });
        if (parts.raw[0] !== 0) continue;
        parts.raw = parts.raw.subarray(1);
        const again = { ...making, message };
        return caseOf('an RSA signature without its leading zero', again, Buffer.from(armour(blobOf(parts))));
      }
    },
  },
];
