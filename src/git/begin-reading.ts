import { findProgram } from './find-program.ts';
import { type Objects, openObjects } from './objects.ts';
import { findTopLevel } from './repository.ts';
import { beginListing, type ListedRefs } from './trusted-ref.ts';

/** What git has been asked while the program was still finding out where it stands. */
export interface BegunReading {
  readonly topLevel: string;
  /** Open until its user closes it. */
  readonly objects: Objects;
  /** Absent where no branch is trusted. */
  readonly listed: ListedRefs | undefined;
}

/**
 * Starts what will most likely be asked, so that git answers while this program loads the rest of itself. Whoever takes it
 * up compares `topLevel` with the repository that it then knows. Undefined where there is nothing to read.
 */
export function beginReading(
  folder: string,
  trustedRef: string | undefined,
  signal?: AbortSignal,
): BegunReading | undefined {
  const topLevel = findTopLevel(folder);
  if (topLevel === undefined || findProgram('git') === undefined) return undefined;
  const place = { topLevel };
  const listed = trustedRef === undefined ? undefined : beginListing(place, trustedRef);
  return { topLevel, objects: openObjects(place, signal), listed };
}
