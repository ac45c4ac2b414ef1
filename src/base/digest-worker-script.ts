/**
 * The file that a hashing thread begins with. In dist/, whoever holds this code lies one folder deep, and the worker among
 * the chunks that every package ships. The verifier in one file is its own worker: the build puts that in this one's place.
 */
export function digestWorkerScript(): URL {
  const here = import.meta.url;
  return here.endsWith('.ts') ? new URL('./digest-worker.ts', here) : new URL('../chunks/digest-worker.js', here);
}
