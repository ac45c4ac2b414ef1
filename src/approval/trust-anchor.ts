import { sha256Hex } from '../base/hashing.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Objects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import { type ListedRefs, resolveTrustedRef, type TrustedCommit } from '../git/trusted-ref.ts';
import type { Policy } from '../policy/schema.ts';
import { type AllowedSigners, parseAllowedSigners } from './allowed-signers.ts';
import type { Refusal } from './eligibility.ts';
import { releasePath, type SignoffFolder } from './file-names.ts';
import { CLOCK_SKEW_MS, isFingerprint, isName, parseInstant } from './formats.ts';
import { readPolicyBytes } from './read-policy.ts';
import type { RefusalCode } from './refusal-codes.ts';
import { followReleases, type NumberedRelease, type ReleaseChain } from './release-chain.ts';
import { allowedSignersAt, releaseFilesAt } from './signoff-files.ts';
import type { IgnoredFile } from './verdict.ts';

/** Where trust comes from. Never the tree that is being verified. */
export type TrustAnchor =
  /** A protected branch: policy and signers as they landed there. */
  | { readonly trustedRef: string }
  /** Root keys: policy and signers as the newest release says that these keys' owners started. */
  | {
      /** Fingerprints; each must have signed release 1. */
      readonly roots: readonly string[];
      /** The lowest number that the newest release may have. */
      readonly minRelease?: number | undefined;
      /** Keeps releases of the same roots for another project out. */
      readonly project?: string | undefined;
    };

/** What the anchor says, once it has been read. */
export interface Trusted {
  /** Where the policy's last change is looked up, and rejections beside HEAD's; HEAD itself when roots are trusted. */
  readonly commit: string;
  readonly policy: Policy;
  readonly policyBytes: Uint8Array;
  readonly signers: AllowedSigners;
  readonly headPolicy: Uint8Array;
  /** What does not fit, said beside everything else that is wrong. */
  readonly refusals: readonly Refusal[];
  readonly ignored: readonly IgnoredFile[];
}

/** An anchor that this clone has: a commit by its unmistakable name, or root keys. */
export type FoundAnchor = TrustedCommit | PinnedRoots;
type PinnedRoots = Extract<TrustAnchor, { readonly roots: readonly string[] }>;

export interface AnchorQuestion {
  readonly objects: Objects;
  readonly anchor: FoundAnchor;
  readonly head: string;
  /** Relative to the repository's top level. */
  readonly policyPath: string;
  readonly folder: SignoffFolder;
  readonly now: number;
}

/** Nothing can be judged: what the anchor has is no policy, or there is no release that could be trusted. */
export interface Untrusted {
  readonly refusal: Refusal;
}

/** Problems mean that the question could not be asked: `root-malformed`, and those of `resolveTrustedRef`. */
export async function findAnchor(
  repository: Repository,
  objects: Objects,
  anchor: TrustAnchor,
  listed?: ListedRefs,
): Promise<Result<FoundAnchor>> {
  if ('trustedRef' in anchor) return resolveTrustedRef(repository, objects, anchor.trustedRef, listed);
  const malformed = whyMalformed(anchor);
  return malformed === undefined ? succeed(anchor) : fail('root-malformed', malformed);
}

/** Reads the policy and the signers that a verdict rests on. */
export async function readTrusted(question: AnchorQuestion): Promise<Trusted | Untrusted> {
  const { anchor } = question;
  return 'roots' in anchor ? trustedByRoots(question, anchor) : trustedByCommit(question, anchor);
}

async function trustedByCommit(
  { objects, head, policyPath, folder }: AnchorQuestion,
  { commit, name }: TrustedCommit,
): Promise<Trusted | Untrusted> {
  const policyBytes = await objects.blobAt(commit, policyPath);
  if (policyBytes === undefined) {
    return untrusted(
      'policy-missing',
      `${name} has no policy at ${policyPath}: a policy is trusted once it has landed there.`,
    );
  }
  const policy = readPolicyBytes(policyBytes, policyPath);
  if (!policy.ok) return untrusted('policy-invalid', policy.problem.message);
  const signers = await allowedSignersAt(objects, commit, folder);
  if (signers === undefined)
    return untrusted('signers-missing', `${name} has no ${folder.allowedSigners}, so nobody is trusted.`);
  const error = errorAmong(signers);
  if (error !== undefined) return untrusted('signers-invalid', error);
  const own = await objects.blobAt(head, policyPath);
  if (own === undefined)
    return untrusted('policy-missing', `The commit being verified has no policy at ${policyPath}.`);
  const message = `${policyPath} is not the one at ${name}, byte for byte: policy changes have to land there first.`;
  const refusals: Refusal[] = policyBytes.equals(own) ? [] : [{ code: 'policy-differs', message }];
  return { commit, policy: policy.value, policyBytes, signers, headPolicy: own, refusals, ignored: [] };
}

async function trustedByRoots(question: AnchorQuestion, anchor: PinnedRoots): Promise<Trusted | Untrusted> {
  const { objects, head, policyPath, folder } = question;
  const chain = followReleases(await releaseFilesAt(objects, head, folder), anchor.roots);
  if (!chain.ok) return untrusted(chain.problem.code as RefusalCode, chain.problem.message);
  const newest = chain.value.accepted.at(-1);
  if (newest === undefined) return nothingReleased(chain.value, folder);
  const refused = whyReleaseRefused(newest, question, anchor);
  if (refused !== undefined) return { refusal: refused };

  const { predicate, subject } = newest.statement;
  const digestOf = (path: string) => subject.find(({ name }) => name === path)?.digest.sha256;
  const name = `release ${predicate.number}`;
  const policyBytes = await objects.blobAt(head, policyPath);
  if (policyBytes === undefined)
    return untrusted('policy-missing', `The commit being verified has no policy at ${policyPath}.`);
  // Only bytes that the roots have signed are read as a policy at all.
  if (sha256Hex(policyBytes) !== digestOf(policyPath)) {
    return untrusted('policy-differs', `${policyPath} is not the one of ${name}: policy changes need a new release.`);
  }
  const policy = readPolicyBytes(policyBytes, policyPath);
  if (!policy.ok) return untrusted('policy-invalid', policy.problem.message);
  if (policy.value.project !== predicate.project)
    return untrusted(
      'release-mismatch',
      `${newest.path} is for ${predicate.project}, not for ${policy.value.project}.`,
    );
  const signersBytes = await objects.blobAt(head, folder.allowedSigners);
  if (signersBytes === undefined)
    return untrusted('signers-missing', `The commit being verified has no ${folder.allowedSigners}.`);
  if (sha256Hex(signersBytes) !== digestOf(folder.allowedSigners)) {
    return untrusted('signers-differ', `${folder.allowedSigners} is not the one of ${name}: it needs a new release.`);
  }
  const signers = parseAllowedSigners(signersBytes.toString('utf8'), folder.allowedSigners);
  const error = errorAmong(signers);
  if (error !== undefined) return untrusted('signers-invalid', error);
  return {
    ...{ commit: head, policy: policy.value, policyBytes, headPolicy: policyBytes, refusals: [] },
    signers: { ...signers, revoked: new Set(predicate.revoked) },
    ignored: waitingRelease(chain.value),
  };
}

function whyMalformed({ roots, minRelease, project }: PinnedRoots): string | undefined {
  if (roots.length === 0) return 'Name at least one root key by its fingerprint (SHA256:…).';
  const bad = roots.find((root) => !isFingerprint(root));
  if (bad !== undefined)
    return `"${bad}" is not the fingerprint of a key, such as ssh-keygen -l prints it (SHA256: and 43 characters).`;
  if (minRelease !== undefined && !(Number.isSafeInteger(minRelease) && minRelease >= 1))
    return 'The lowest release is a whole number from 1 on.';
  return project === undefined || isName(project) ? undefined : `"${project}" is not the name of a project.`;
}

function nothingReleased({ waiting }: ReleaseChain, folder: SignoffFolder): Untrusted {
  if (waiting !== undefined)
    return untrusted('release-not-signed', `${waiting.release.path} does not count: ${waiting.lacks}.`);
  const path = releasePath(folder, 1);
  return untrusted('release-missing', `The commit being verified has no ${path}, so the roots have released nothing.`);
}

/** Every comparison is written so that a time or a number that is none refuses. */
function whyReleaseRefused(
  { path, statement: { predicate, subject } }: NumberedRelease,
  { policyPath, folder, now }: AnchorQuestion,
  { minRelease = 1, project }: PinnedRoots,
): Refusal | undefined {
  const { number, issued, expires } = predicate;
  if (!(number >= minRelease)) {
    return {
      code: 'release-too-old',
      message: `The newest release is ${number}, but at least ${minRelease} is demanded: newer ones were taken away.`,
    };
  }
  if (project !== undefined && predicate.project !== project)
    return { code: 'release-mismatch', message: `${path} is for ${predicate.project}, not for ${project}.` };
  const covered = [policyPath, folder.allowedSigners];
  if (subject.length !== covered.length || !subject.every(({ name }) => covered.includes(name))) {
    const names = subject.map(({ name }) => name).join(', ');
    return { code: 'release-mismatch', message: `${path} covers ${names}, and not ${covered.join(' and ')}.` };
  }
  if (!((parseInstant(issued) ?? Number.NaN) <= now + CLOCK_SKEW_MS))
    return { code: 'release-in-future', message: `${path} says it was issued at ${issued}, which is yet to come.` };
  if (!((parseInstant(expires) ?? Number.NaN) > now)) {
    return {
      code: 'release-expired',
      message: `${path} expired at ${expires}: the roots have to sign a new release (signoff release).`,
    };
  }
  return undefined;
}

function waitingRelease({ waiting }: ReleaseChain): IgnoredFile[] {
  if (waiting === undefined) return [];
  const { path } = waiting.release;
  return [{ file: path, code: 'release-incomplete', message: `It is not in force yet: ${waiting.lacks}.` }];
}

/** A line that is merely skipped could be the one of somebody who rejected the model. */
function errorAmong(signers: AllowedSigners): string | undefined {
  return signers.problems.find(({ severity }) => severity === 'error')?.message;
}

function untrusted(code: RefusalCode, message: string): Untrusted {
  return { refusal: { code, message } };
}
