import type { Diagnostic } from '../../policy/language/diagnostics/diagnostic.ts';

/** YAML's own mistakes that every YAML extension finds. */
const FOUND_BY_EVERYBODY = new Set(['yaml-syntax', 'duplicate-key']);

/**
 * Whether an extension that holds the policy against our schema says the same: what has the wrong shape, and what is no
 * YAML. What is ours alone, and what another finds only now and then, stays.
 */
export function isFoundBySchema({ origin, code }: Pick<Diagnostic, 'origin' | 'code'>): boolean {
  return origin === 'shape' || FOUND_BY_EVERYBODY.has(code);
}
