/**
 * The file that a hashing thread begins with. In dist/, whoever holds this code lies one folder deep, and the worker among
 * the chunks that every package ships. The verifier in one file holds the worker itself: the build puts its text in place
 * of this address.
 */
export function digestWorkerScript(): URL {
  const here = import.meta.url;
  return here.endsWith('.ts') ? new URL('./digest-worker.ts', here) : new URL('../chunks/digest-worker.js', here);
}
