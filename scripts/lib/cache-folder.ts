import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where large tools are kept between clones and runs, so that `npm ci` cannot wipe them. */
export function cacheFolder(...parts: string[]): string {
  const base = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(base, 'model-signoff', ...parts);
}
