/** Reads untrusted JSON of an answer: everything may be missing or of another kind. */
export function fieldOf(json: unknown, name: string): unknown {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, name)) return undefined;
  return (json as Readonly<Record<string, unknown>>)[name];
}

export function textIn(json: unknown, name: string): string | undefined {
  const value = fieldOf(json, name);
  return typeof value === 'string' ? value : undefined;
}

/** Ids are numbers in some systems and texts in others. */
export function idIn(json: unknown, name: string): string | undefined {
  const value = fieldOf(json, name);
  return typeof value === 'string' || Number.isSafeInteger(value) ? String(value) : undefined;
}

export function listIn(json: unknown, name: string): readonly unknown[] {
  const value = fieldOf(json, name);
  return Array.isArray(value) ? value : [];
}

/** An address that may be shown as a link; undefined of anything but http(s). */
export function linkIn(json: unknown, name: string): string | undefined {
  const text = textIn(json, name);
  const url = text === undefined ? null : URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined;
}
