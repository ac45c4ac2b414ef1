import type { PolicyPath } from '../policy-path.ts';
import type { Lint } from './context.ts';

/**
 * Where the order of keys means something, the order read must be the order written: in plain objects, keys that are
 * whole numbers come first and ascend. `why` says what depends on it.
 */
export function lintOrder(lint: Lint, path: PolicyPath, keys: readonly string[], why: string): void {
  const written = lint.positions.keysOf(path);
  const moved = written.find((key, index) => keys[index] !== key);
  if (moved !== undefined && written.length === keys.length) {
    const message = `The order matters here (${why}); list keys that are whole numbers first, ascending.`;
    lint.errorAtKey('order-lost', [...path, moved], message);
  }
}
