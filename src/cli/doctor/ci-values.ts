import { isJsonObject, type JsonValue } from '../../base/lenient-json.ts';

const VERIFIES = /\bsignoff(?:-verify\.cjs)?["']?\s+verify\b|\bsignoff-verify\.cjs\b/;
const FETCHES = /\bgit\b.*\bfetch\b/;

/** Whether scripts of a pipeline verify with the clone that they find: whoever fetches by themselves is left alone. */
export function verifiesInItsClone(scripts: readonly string[]): boolean {
  return scripts.some((script) => VERIFIES.test(script)) && !scripts.some((script) => FETCHES.test(script));
}

export function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? value.get(name) : undefined;
}

export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
