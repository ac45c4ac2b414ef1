import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of a run or of a logged model. */
const MLFLOW_ID = /^(?:m-)?[0-9a-f]{32}$/;

/**
 * The folder on this machine that a run's (or logged model's) artifact address means; undefined when it is not here.
 *
 * A store is often copied with its artifacts beside it, while the addresses in it still name the first machine, and
 * sometimes the first folder still exists too. So what lies beside the store comes first: the address's own tail, such
 * as `mlruns/1/<run>/artifacts`, below the store's folder. Only then the address as it stands. An address with `..`,
 * or without the id, is never followed. Nor is a link to where the id does not stand, which could be another run's
 * files, or anybody's; and out of the store's folder leads only an id that nothing else is called by.
 *
 * @param address a path, with `/` or `\`, or a `file:` URL; other URLs are matched by their tail only
 * @param id the run's or model's id, which stands in the address
 * @param storeFolder absolute folder of the database
 */
export function locateArtifactFolder(address: string, id: string, storeFolder: string): string | undefined {
  const path = pathOf(address);
  const segments = path.split(/[\\/]+/).filter((segment) => segment !== '' && segment !== '.');
  const at = segments.lastIndexOf(id);
  if (segments.includes('..') || at < 0) return undefined;
  for (let first = 0; first <= at; first += 1) {
    const beside = join(storeFolder, ...segments.slice(first));
    if (isFolder(beside)) return isOwn(beside, segments.slice(at), storeFolder) ? beside : undefined;
  }
  if (/^[a-z][a-z0-9+.-]+:/i.test(path)) return undefined;
  const literal = isAbsolute(path) ? path : resolve(storeFolder, path);
  return isFolder(literal) && isOwn(literal, segments.slice(at), storeFolder) ? literal : undefined;
}

/**
 * Whether the folder, links followed, is still one of the id, and lies below the store or has an id as MLflow makes them:
 * a store that somebody wrote by hand could call its run `.ssh`.
 *
 * @param tail the id and what follows it in the address
 */
function isOwn(folder: string, tail: readonly string[], storeFolder: string): boolean {
  try {
    const real = realpathSync(folder);
    const names = real.split(sep).filter((name) => name !== '');
    if (!tail.every((name, index) => names[names.length - tail.length + index] === name)) return false;
    const fromStore = relative(realpathSync(storeFolder), real);
    const isInside = fromStore !== '..' && !fromStore.startsWith(`..${sep}`) && !isAbsolute(fromStore);
    return isInside || MLFLOW_ID.test(tail[0] ?? '');
  } catch {
    return false;
  }
}

function pathOf(address: string): string {
  if (!address.startsWith('file:')) return address;
  try {
    return fileURLToPath(address);
  } catch {
    // A Windows address read elsewhere, or a host name: its tail can still be matched.
    return safelyDecoded(address.replace(/^file:\/*/, '/'));
  }
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
