import { statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { t } from '../translation.ts';

/** A sentence when there is no such file below the policy's folder; the engine looks closer before it signs. */
export function complainAboutEvidence(path: string, policyFolder: string): string | undefined {
  if (path.includes('\\') || isAbsolute(path) || path.split('/').includes('..')) {
    return t('Write a path below the policy’s folder, with “/” between its parts.');
  }
  const stats = statSync(join(policyFolder, path), { throwIfNoEntry: false });
  if (stats === undefined) return t('There is no file “{0}” below {1}.', path, policyFolder);
  return stats.isFile() ? undefined : t('“{0}” is no file.', path);
}
