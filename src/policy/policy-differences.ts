import { isDeepStrictEqual } from 'node:util';
import type { Policy } from './schema.ts';

/** One value that two policies do not share; undefined where it is missing. */
export interface PolicyDifference {
  /** With dots: `checks.auc.min`. */
  readonly path: string;
  readonly first: string | undefined;
  readonly second: string | undefined;
}

/** Values where two policies differ, in the first one's order; a whole part that only one has is one difference. */
export function policyDifferences(first: Policy, second: Policy): readonly PolicyDifference[] {
  return differencesIn(first, second, '');
}

function differencesIn(first: unknown, second: unknown, path: string): readonly PolicyDifference[] {
  if (isDeepStrictEqual(first, second)) return [];
  if (!isTable(first) || !isTable(second)) return [{ path, first: inWords(first), second: inWords(second) }];
  const names = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...names].flatMap((name) =>
    differencesIn(ownValue(first, name), ownValue(second, name), path === '' ? name : `${path}.${name}`),
  );
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names of checks come from anybody, `constructor` among them. */
function ownValue(table: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function inWords(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
