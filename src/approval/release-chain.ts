import { fail, type Result, succeed } from '../base/result.ts';
import { countOf } from '../base/text.ts';
import type { RefusalCode } from './refusal-codes.ts';
import type { ReleasePredicate } from './release.ts';
import { readSignedRelease, type SignedRelease } from './signed-release.ts';

/** A file among the releases. `content` is undefined for what is not a regular file. */
export interface ReleaseFile {
  readonly path: string;
  /** From its name. */
  readonly number: number;
  readonly content: Uint8Array | 'too-large' | undefined;
}

export interface NumberedRelease extends SignedRelease {
  readonly path: string;
}

/** The releases from 1 on, each signed by enough of the roots before it and of its own. */
export interface ReleaseChain {
  readonly accepted: readonly NumberedRelease[];
  /** The next one, which still lacks signatures, and a sentence about which. */
  readonly waiting: { readonly release: NumberedRelease; readonly lacks: string } | undefined;
}

/**
 * Follows the releases from the first one, as TUF's clients follow its roots (The Update Framework 1.0.33, §5.3): release
 * N+1 counts when the threshold of N and the threshold of N+1 have signed it. Every one of `pinned` must have signed
 * release 1: those keys, named outside of the repository, are what everything else rests on.
 *
 * A release that still lacks signatures ends the chain without breaking it: whoever could take signatures away could
 * also delete the file, so only a minimum number that is kept elsewhere protects against an older release.
 * Problems: `release-missing`, `release-malformed`, `release-mismatch`.
 */
export function followReleases(files: readonly ReleaseFile[], pinned: readonly string[]): Result<ReleaseChain> {
  const byNumber = new Map(files.map((file) => [file.number, file]));
  const newest = Math.max(0, ...byNumber.keys());
  const accepted: NumberedRelease[] = [];
  for (let number = 1; number <= newest; number++) {
    const file = byNumber.get(number);
    if (file === undefined) return refuse('release-missing', `Release ${number} is missing, but ${newest} is there.`);
    const read = readRelease(file);
    if (!read.ok) return read;
    const release = read.value;
    const before = accepted.at(-1);
    const { predicate } = release.statement;
    if (before !== undefined && predicate.project !== before.statement.predicate.project) {
      return refuse('release-mismatch', `${file.path} is a release of the project ${predicate.project}.`);
    }
    const lacks = whatItLacks(release, before?.statement.predicate, pinned);
    if (lacks === undefined) {
      accepted.push(release);
      continue;
    }
    if (number < newest)
      return refuse('release-missing', `Release ${number} does not count (${lacks}), but ${newest} is there.`);
    return succeed({ accepted, waiting: { release, lacks } });
  }
  return succeed({ accepted, waiting: undefined });
}

function readRelease({ path, number, content }: ReleaseFile): Result<NumberedRelease> {
  if (content === undefined) return refuse('release-malformed', `${path} is not a regular file.`);
  if (content === 'too-large') return refuse('release-malformed', `${path} is larger than any release.`);
  const read = readSignedRelease(content);
  if (!read.ok) return refuse('release-malformed', `${path}: ${read.problem.message}`);
  const claimed = read.value.statement.predicate.number;
  if (claimed !== number) return refuse('release-mismatch', `${path} holds release ${claimed}.`);
  return succeed({ ...read.value, path });
}

/** Undefined when enough have signed; else who has to sign yet. */
function whatItLacks(
  { statement, signatures }: SignedRelease,
  before: ReleasePredicate | undefined,
  pinned: readonly string[],
): string | undefined {
  const { predicate } = statement;
  if (before === undefined) {
    const absent = pinned.filter((root) => !signatures.has(root));
    if (absent.length > 0) return `it lacks the signature of the root ${absent.join(', ')}`;
  }
  const demanded = [
    ...(before === undefined ? [] : [{ whose: `the roots of release ${before.number}`, ...before }]),
    { whose: 'its own roots', ...predicate },
  ];
  for (const { whose, roots, threshold } of demanded) {
    const signed = roots.filter((root) => signatures.has(root)).length;
    if (!(signed >= threshold)) return `it has ${countOf(signed, 'signature')} of ${threshold} by ${whose}`;
  }
  return undefined;
}

function refuse<Value>(code: RefusalCode, message: string): Result<Value> {
  return fail(code, message);
}
