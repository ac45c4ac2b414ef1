import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '../base/hashing.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { SigningKey } from '../git/keys.ts';
import { describeRelease } from './describe-release.ts';
import type { DescribedField } from './describe-statement.ts';
import { releasePath } from './file-names.ts';
import { endOfDay, formatInstant, isFingerprint, isSha256 } from './formats.ts';
import { quote } from './quote.ts';
import { RELEASE_PREDICATE_TYPE, type ReleasePredicate, type ReleaseStatement } from './release.ts';
import type { NumberedRelease } from './release-chain.ts';
import { parseRelease } from './release-reader.ts';
import type { ReleaseState } from './release-state.ts';
import { releaseBytes } from './release-writer.ts';
import { readSignedRelease, type SignedRelease } from './signed-release.ts';
import { STATEMENT_TYPE } from './statement.ts';

/** What a new release is to say otherwise than the one before it. */
export interface ReleaseChanges {
  /** Fingerprints of the root keys from now on. */
  readonly roots?: readonly string[] | undefined;
  readonly threshold?: number | undefined;
  /** Further keys and statements to revoke. */
  readonly revoke?: readonly string[];
  /** `YYYY-MM-DD`: the last day of the release; a year when not given. */
  readonly until?: string | undefined;
  /** Whether a release that waits for signatures is made anew instead of being signed. */
  readonly waiting?: 'sign it' | 'replace it';
}

/** A release ready to be shown, signed and committed. */
export interface PreparedRelease {
  readonly state: ReleaseState;
  readonly statement: ReleaseStatement;
  readonly payload: Uint8Array;
  /** sha256 of the payload. */
  readonly id: string;
  readonly path: string;
  readonly description: readonly DescribedField[];
  readonly key: SigningKey;
  /** Signatures of others that it has already, by fingerprint. */
  readonly signatures: ReadonlyMap<string, string>;
  /** What HEAD has at the path. */
  readonly committed: Uint8Array | undefined;
  /** The key's own signature and file, where a crash left them uncommitted in the work tree. */
  readonly leftOver: { readonly bytes: Uint8Array; readonly signature: string } | undefined;
  /** HEAD has this key's signature already: there is nothing to sign. */
  readonly already: boolean;
}

const YEAR_MS = 365 * 86_400_000;

/**
 * A new release of what HEAD holds, or the one that waits there for signatures. Only root keys sign: those of the release
 * before it or its own.
 * Problems: `release-waiting`, `release-invalid`, `not-a-root`.
 */
export function prepareRelease(
  state: ReleaseState,
  key: SigningKey,
  { now, ...changes }: ReleaseChanges & { readonly now: Date },
): Result<PreparedRelease> {
  const { waiting, accepted } = state.chain;
  const before = accepted.at(-1);
  const signsWaiting = waiting !== undefined && changes.waiting !== 'replace it';
  const waits = signsWaiting ? whyNotSigned(waiting.release, state, changes) : undefined;
  if (waits !== undefined) return fail('release-waiting', waits);
  const made = signsWaiting
    ? succeed(waiting.release.statement)
    : newRelease(state, before?.statement.predicate, changes, now.getTime());
  if (!made.ok) return made;
  const wanted = made.value;
  const { roots, number } = wanted.predicate;
  const mayBe = [...roots, ...(before?.statement.predicate.roots ?? [])];
  if (!mayBe.includes(key.fingerprint)) {
    return fail(
      'not-a-root',
      `The key ${key.fingerprint} is no root that may sign release ${number}: sign with one of ${[...new Set(mayBe)].join(', ')} (--key).`,
    );
  }
  const path = releasePath(state.folder, number);
  const own = leftOverAt(state, path, key);
  const taken = own !== undefined && saysTheSame(own.release.statement, wanted) ? own : undefined;
  const statement = taken?.release.statement ?? wanted;
  const payload = releaseBytes(statement);
  const id = sha256Hex(payload);
  const signed = signsWaiting && waiting.release.id === id ? waiting.release : undefined;
  const signatures = new Map([...(taken?.release.signatures ?? []), ...(signed?.signatures ?? [])]);
  const ownSignature = taken?.release.signatures.get(key.fingerprint);
  return succeed({
    ...{ state, statement, payload, id, path, key, signatures },
    description: describeRelease(statement, state.signers),
    committed: waiting?.release.bytes,
    leftOver: taken && ownSignature !== undefined ? { bytes: taken.bytes, signature: ownSignature } : undefined,
    already: signed?.signatures.has(key.fingerprint) === true,
  });
}

/** A release that waits is signed as it is, or not at all. */
function whyNotSigned(
  { path, statement }: NumberedRelease,
  state: ReleaseState,
  { roots, threshold, revoke = [], until }: ReleaseChanges,
): string | undefined {
  if (JSON.stringify(statement.subject) !== JSON.stringify(subjectsOf(state)))
    return `${path} waits for signatures and is for an older policy or other signers: make it anew with --replace.`;
  return roots === undefined && threshold === undefined && revoke.length === 0 && until === undefined
    ? undefined
    : `${path} waits for signatures: sign it as it is, without further options, or make it anew with --replace.`;
}

function newRelease(
  state: ReleaseState,
  before: ReleasePredicate | undefined,
  { roots = before?.roots, threshold, revoke = [], until }: ReleaseChanges,
  now: number,
): Result<ReleaseStatement> {
  if (roots === undefined) {
    return fail(
      'release-invalid',
      'Release 1 says whom all others rest on: name each root key with --root SHA256:… (ssh-keygen -lf <file>.pub prints it).',
    );
  }
  const bad = revoke.find((each) => !isFingerprint(each) && !isSha256(each));
  if (bad !== undefined)
    return fail(
      'release-invalid',
      `${quote(bad)} is neither a key's fingerprint (SHA256:…) nor the id of a statement.`,
    );
  const issued = Math.floor(now / 1000) * 1000;
  const expires = until === undefined ? issued + YEAR_MS : endOfDay(until);
  if (expires === undefined) return fail('release-invalid', `${quote(until ?? '')} is not a day: write YYYY-MM-DD.`);
  const statement: ReleaseStatement = {
    _type: STATEMENT_TYPE,
    subject: subjectsOf(state),
    predicateType: RELEASE_PREDICATE_TYPE,
    predicate: {
      project: state.policy.project,
      number: (before?.number ?? 0) + 1,
      roots,
      threshold: threshold ?? before?.threshold ?? Math.floor(roots.length / 2) + 1,
      revoked: [...new Set([...(before?.revoked ?? []), ...revoke])],
      issued: formatInstant(issued),
      expires: formatInstant(expires),
    },
  };
  // What pipelines would refuse is not signed in the first place.
  const read = parseRelease(releaseBytes(statement));
  return read.ok ? read : fail('release-invalid', read.problem.message);
}

function subjectsOf({ policyPath, policyBytes, folder, signersBytes }: ReleaseState): ReleaseStatement['subject'] {
  return [
    { name: policyPath, digest: { sha256: sha256Hex(policyBytes) } },
    { name: folder.allowedSigners, digest: { sha256: sha256Hex(signersBytes) } },
  ].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
}

interface LeftOverRelease {
  readonly bytes: Uint8Array;
  readonly release: SignedRelease;
}

/** A release in the work tree that this key has signed: a crash, or somebody else's commit, came in between. */
function leftOverAt({ repository }: ReleaseState, path: string, key: SigningKey): LeftOverRelease | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(repository.topLevel, path));
  } catch {
    return undefined;
  }
  const release = readSignedRelease(bytes);
  return release.ok && release.value.signatures.has(key.fingerprint) ? { bytes, release: release.value } : undefined;
}

/** When it was made is no difference, and a year from then is a year. */
function saysTheSame(a: ReleaseStatement, b: ReleaseStatement): boolean {
  const content = ({ predicate, ...rest }: ReleaseStatement) => {
    const aYear = Date.parse(predicate.expires) - Date.parse(predicate.issued) === YEAR_MS;
    const expires = aYear ? 'in a year' : predicate.expires;
    return JSON.stringify({ ...rest, predicate: { ...predicate, issued: 0, expires } });
  };
  return content(a) === content(b);
}
