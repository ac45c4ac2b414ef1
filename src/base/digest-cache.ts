import type { DigestAlgorithm, DigestedFile } from './digest-file.ts';
import type { FileIdentity } from './file-identity.ts';

/**
 * Digests of files that were read before, for looking again at a model of gigabytes that did not change.
 *
 * It lives in memory, and ends with the process: a cache on disk could be written by whoever wants another digest
 * believed. It is never a default, and nothing that is signed or verified is digested with it: times of files can be
 * trusted to notice work, not malice (or a program that writes through mapped memory).
 */
export interface DigestCache {
  find(algorithm: DigestAlgorithm, path: string, identity: FileIdentity): string | undefined;
  /** Keeps nothing of a file that was touched so shortly before that another change might not show in its times. */
  remember(algorithm: DigestAlgorithm, path: string, digested: DigestedFile): void;
}

/** About 20 MB at the most. */
const MOST_ENTRIES = 50_000;

export function newDigestCache(): DigestCache {
  const digests = new Map<string, string>();
  return {
    find: (algorithm, path, identity) => digests.get(keyOf(algorithm, path, identity)),
    remember(algorithm, path, { digest, identity, settled }) {
      // Some network file systems give every file the number 0.
      if (!settled || identity.inode === 0n) return;
      const [oldest] = digests.keys();
      if (digests.size >= MOST_ENTRIES && oldest !== undefined) digests.delete(oldest);
      digests.set(keyOf(algorithm, path, identity), digest);
    },
  };
}

/** The path, too: network file systems have given two files the same number. */
function keyOf(algorithm: DigestAlgorithm, path: string, identity: FileIdentity): string {
  const { device, inode, size, modified, changed } = identity;
  return [algorithm, device, inode, size, modified, changed, path].join(':');
}
