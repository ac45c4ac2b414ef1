import { fail, type Result, succeed } from '../base/result.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { quote } from './quote.ts';
import { MAX_ARMOUR_LENGTH } from './sshsig.ts';
import { PAYLOAD_TYPE } from './statement.ts';
import { parseStrictJson } from './strict-json.ts';

/** A DSSE envelope with its one signature, decoded. `signature` is the armoured SSHSIG. */
export interface Envelope {
  readonly payload: Buffer;
  readonly signature: string;
}

/** A DSSE envelope that several people may have signed. Each signature is an armoured SSHSIG. */
export interface EnvelopeOfSeveral {
  readonly payload: Buffer;
  readonly signatures: readonly string[];
}

/** A statement lists every file of a model: 100,000 files take about 15 MB. */
export const MAX_ENVELOPE_BYTES = 32 * 1024 * 1024;

/**
 * What is signed in place of the payload: DSSE's pre-authentication encoding binds the type to the bytes.
 * Lengths count bytes. https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
 */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType, 'utf8');
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload]);
}

/** The file that is committed: one JSON object on one line. `keyid` is left out, since nobody may rely on it. */
export function envelopeBytes(payload: Uint8Array, armouredSignature: string): Buffer {
  const envelope = {
    payloadType: PAYLOAD_TYPE,
    payload: encodeBase64(payload),
    signatures: [{ sig: encodeBase64(Buffer.from(armouredSignature, 'utf8')) }],
  };
  return Buffer.from(`${JSON.stringify(envelope)}\n`, 'utf8');
}

/** A file that several people sign one after the other: each signature has lines of its own in a diff. */
export function envelopeOfSeveralBytes(payload: Uint8Array, armouredSignatures: readonly string[]): Buffer {
  const envelope = {
    payloadType: PAYLOAD_TYPE,
    payload: encodeBase64(payload),
    signatures: armouredSignatures.map((signature) => ({ sig: encodeBase64(Buffer.from(signature, 'utf8')) })),
  };
  return Buffer.from(`${JSON.stringify(envelope, undefined, 2)}\n`, 'utf8');
}

/** Reads an approval's envelope strictly. Problems: `too-large`, `envelope-malformed`, with what is wrong. */
export function parseEnvelope(bytes: Uint8Array): Result<Envelope> {
  if (bytes.length > MAX_ENVELOPE_BYTES) {
    return fail('too-large', `The file has more than ${MAX_ENVELOPE_BYTES} bytes, which no approval has.`);
  }
  const envelope = parseEnvelopeOfSeveral(bytes, { maxBytes: MAX_ENVELOPE_BYTES });
  if (!envelope.ok) return envelope;
  const { payload, signatures } = envelope.value;
  const [signature, ...others] = signatures;
  if (signature === undefined || others.length > 0) return malformed('It must have exactly one signature.');
  return succeed({ payload, signature });
}

/** Reads an envelope strictly, with any number of signatures. Problem: `envelope-malformed`, with what is wrong. */
export function parseEnvelopeOfSeveral(
  bytes: Uint8Array,
  { maxBytes }: { readonly maxBytes: number },
): Result<EnvelopeOfSeveral> {
  const json = parseStrictJson(bytes, { maxBytes });
  if (!json.ok) return malformed(json.problem.message);
  const envelope = json.value;
  if (!isObject(envelope)) return malformed('It is not a JSON object.');
  const unknown = Object.keys(envelope).find((key) => !['payloadType', 'payload', 'signatures'].includes(key));
  if (unknown !== undefined) return malformed(`It has the unknown field ${quote(unknown)}.`);
  if (envelope['payloadType'] !== PAYLOAD_TYPE) return malformed(`Its payloadType is not ${PAYLOAD_TYPE}.`);
  const payload = typeof envelope['payload'] === 'string' ? decodeBase64(envelope['payload']) : undefined;
  if (payload === undefined) return malformed('Its payload is not base64 in its canonical form.');
  const entries = envelope['signatures'];
  if (!Array.isArray(entries)) return malformed('It has no list of signatures.');
  const signatures = entries.map(signatureOf);
  if (!signatures.every((signature) => signature !== undefined))
    return malformed('Its signature is not {"sig": base64 in its canonical form}.');
  return succeed({ payload, signatures });
}

function signatureOf(entry: unknown): string | undefined {
  if (!isObject(entry)) return undefined;
  if (Object.keys(entry).some((key) => key !== 'sig' && key !== 'keyid')) return undefined;
  if (entry['keyid'] !== undefined && typeof entry['keyid'] !== 'string') return undefined;
  const { sig } = entry;
  if (typeof sig !== 'string' || sig.length > 2 * MAX_ARMOUR_LENGTH) return undefined;
  const bytes = decodeBase64(sig);
  // An armour is ASCII: latin1 keeps every other byte visible to the armour's own reader, which refuses it.
  return bytes?.toString('latin1');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed<Value>(why: string): Result<Value> {
  return fail('envelope-malformed', `The file is not a DSSE envelope. ${why}`);
}
