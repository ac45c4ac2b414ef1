/**
 * The file that a thread which reads runs begins with. In dist/, whoever holds this code lies one folder deep, and the
 * worker among the chunks that every package ships. The verifier in one file lists no runs and has none: there the build
 * puts undefined in its place.
 */
export function runReaderScript(): URL | undefined {
  const here = import.meta.url;
  return here.endsWith('.ts')
    ? new URL('./run-reader-worker.ts', here)
    : new URL('../chunks/run-reader-worker.js', here);
}
