/**
 * Decodes standard base64 with padding, in its one canonical spelling; undefined for any other.
 * Node itself decodes "aGVsbG8", "aGVs\nbG8=" and "a!G@V#sbG8=" alike, so one signed file could be written in many ways.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
