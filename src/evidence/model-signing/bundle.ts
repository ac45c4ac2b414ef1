import { isJsonArray, isJsonObject, type JsonObject, jsonText, parseLenientJson } from '../../base/lenient-json.ts';
import { fail, type Result, succeed } from '../../base/result.ts';
import { decodeText } from '../evidence-file.ts';
import { readSignedManifest, type SignedManifest } from './manifest.ts';

/** An OpenSSF Model Signing bundle. What it says is a claim until its signature is verified. */
export interface SigningBundle {
  /** The very bytes that were signed, without DSSE's framing. */
  readonly payload: Uint8Array;
  readonly payloadType: string;
  readonly signature: Uint8Array;
  readonly manifest: SignedManifest;
}

const MEDIA_TYPE =
  /^application\/vnd\.dev\.sigstore\.bundle(?:\.v0\.3(?:\.\d+)?\+json|\+json;\s*version=0\.[123](?:\.\d+)?)$/;
const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Reads a Sigstore bundle with one DSSE envelope around an in-toto statement of OpenSSF Model Signing 1.0
 * (https://github.com/ossf/model-signing-spec, spec/v1.0.md §4). Problems continue “the report …”.
 */
export function readSigningBundle(bytes: Uint8Array): Result<SigningBundle> {
  const text = decodeText(bytes);
  if (text === undefined) return malformed('is not UTF-8 text');
  if (text.trim() === '') return malformed('is empty');
  const document = parseLenientJson(text);
  if (!document.ok) return document;
  const bundle = isJsonObject(document.value) ? document.value : undefined;
  if (bundle === undefined || !MEDIA_TYPE.test(jsonText(bundle, 'mediaType') ?? '')) {
    return malformed('is not a Sigstore bundle of a version that is known');
  }
  const complaint = materialComplaint(objectAt(bundle, 'verificationMaterial'));
  if (complaint !== undefined) return malformed(complaint);
  const envelope = objectAt(bundle, 'dsseEnvelope');
  if (envelope === undefined) return malformed('has no DSSE envelope, so that nothing in it is signed');
  if (jsonText(envelope, 'payloadType') !== PAYLOAD_TYPE) return malformed('does not sign an in-toto statement');
  const signatures = envelope.get('signatures');
  const [only, ...others] = isJsonArray(signatures) ? signatures : [];
  if (others.length > 0) return malformed('has several signatures, where a bundle has one');
  const payload = fromBase64(jsonText(envelope, 'payload'));
  const signature = fromBase64(isJsonObject(only) ? jsonText(only, 'sig') : undefined);
  if (payload === undefined || signature === undefined) return malformed('has no payload or no signature in Base64');
  const manifest = readSignedManifest(payload);
  return manifest.ok ? succeed({ payload, payloadType: PAYLOAD_TYPE, signature, manifest: manifest.value }) : manifest;
}

function materialComplaint(material: JsonObject | undefined): string | undefined {
  if (material === undefined) return 'has no verification material';
  const kinds = ['publicKey', 'x509CertificateChain', 'certificate'].filter((kind) => isJsonObject(material.get(kind)));
  if (kinds.length !== 1) return 'does not say in one way by what its signature is to be verified';
  const entries = material.get('tlogEntries');
  if (kinds[0] === 'certificate' && !(isJsonArray(entries) && entries.length > 0)) {
    return 'has a short-lived certificate without an entry of a transparency log';
  }
  return undefined;
}

function objectAt(object: JsonObject, key: string): JsonObject | undefined {
  const value = object.get(key);
  return isJsonObject(value) ? value : undefined;
}

function fromBase64(text: string | undefined): Uint8Array | undefined {
  return text !== undefined && text !== '' && BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
}

function malformed(what: string): Result<never> {
  return fail('bundle-malformed', what);
}
