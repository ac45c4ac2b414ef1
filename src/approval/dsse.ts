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

/** Reads an envelope strictly. Problems: `too-large`, `envelope-malformed`, with what is wrong. */
export function parseEnvelope(bytes: Uint8Array): Result<Envelope> {
  if (bytes.length > MAX_ENVELOPE_BYTES) {
    return fail('too-large', `The file has more than ${MAX_ENVELOPE_BYTES} bytes, which no approval has.`);
  }
  const json = parseStrictJson(bytes, { maxBytes: MAX_ENVELOPE_BYTES });
  if (!json.ok) return malformed(json.problem.message);
  const envelope = json.value;
  if (!isObject(envelope)) return malformed('It is not a JSON object.');
  const unknown = Object.keys(envelope).find((key) => !['payloadType', 'payload', 'signatures'].includes(key));
  if (unknown !== undefined) return malformed(`It has the unknown field ${quote(unknown)}.`);
  if (envelope['payloadType'] !== PAYLOAD_TYPE) return malformed(`Its payloadType is not ${PAYLOAD_TYPE}.`);
  const payload = typeof envelope['payload'] === 'string' ? decodeBase64(envelope['payload']) : undefined;
  if (payload === undefined) return malformed('Its payload is not base64 in its canonical form.');
  const signatures = envelope['signatures'];
  if (!Array.isArray(signatures) || signatures.length !== 1) return malformed('It must have exactly one signature.');
  const signature = signatureOf(signatures[0]);
  if (signature === undefined) return malformed('Its signature is not {"sig": base64 in its canonical form}.');
  return succeed({ payload, signature });
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
  return fail('envelope-malformed', `The approval is not a DSSE envelope. ${why}`);
}
