import { envelopeOfSeveralBytes, preAuthenticationEncoding } from '../../../src/approval/dsse.ts';
import { releasePath } from '../../../src/approval/file-names.ts';
import { RELEASE_PREDICATE_TYPE, type ReleasePredicate, type ReleaseStatement } from '../../../src/approval/release.ts';
import { releaseBytes } from '../../../src/approval/release-writer.ts';
import { PAYLOAD_TYPE, STATEMENT_TYPE } from '../../../src/approval/statement.ts';
import type { TrustAnchor } from '../../../src/approval/trust-anchor.ts';
import { sha256Hex } from '../../../src/base/hashing.ts';
import { makePerson, type TestPerson } from '../../unit/approval/support/person.ts';
import { ana, ben, FOLDER, makeWorld, POLICY, SIGNERS } from '../../unit/approval/support/sign-off-case.ts';
import { goodAna, goodBen } from './attack.ts';
import type { Files, Recipe } from './recipe.ts';

export const rita = makePerson('rita@acme.example');
export const rolf = makePerson('rolf@acme.example');
export const rosa = makePerson('rosa@acme.example');
/** Who holds a root key from some release on. */
export const ruth = makePerson('ruth@acme.example');

export interface ReleaseRecipe {
  readonly by: readonly TestPerson[];
  readonly predicate?: Partial<ReleasePredicate>;
  readonly policy?: string;
  readonly signers?: string;
  readonly subject?: ReleaseStatement['subject'];
  /** Last changes to the signed bytes and to the file. */
  readonly payload?: (bytes: Buffer) => Uint8Array;
  readonly file?: (bytes: Buffer) => Uint8Array;
  readonly path?: string;
}

/** Release 1 of rita, rolf and rosa, of whom two have to sign, unless something else is said. */
export function release({ by, predicate = {}, ...more }: ReleaseRecipe): Files {
  const statement: ReleaseStatement = {
    _type: STATEMENT_TYPE,
    subject: more.subject ?? [
      { name: FOLDER.allowedSigners, digest: { sha256: sha256Hex(more.signers ?? SIGNERS) } },
      { name: 'signoff.yaml', digest: { sha256: sha256Hex(more.policy ?? POLICY) } },
    ],
    predicateType: RELEASE_PREDICATE_TYPE,
    predicate: {
      project: 'credit-risk',
      number: 1,
      roots: fingerprints(rita, rolf, rosa),
      threshold: 2,
      revoked: [],
      issued: '2026-06-01T00:00:00Z',
      expires: '2027-06-01T00:00:00Z',
      ...predicate,
    },
  };
  const payload = Buffer.from((more.payload ?? ((bytes) => bytes))(releaseBytes(statement)));
  const message = preAuthenticationEncoding(PAYLOAD_TYPE, payload);
  const bytes = envelopeOfSeveralBytes(
    payload,
    by.map((person) => person.sign(message)),
  );
  const path = more.path ?? releasePath(FOLDER, statement.predicate.number);
  return { [path]: (more.file ?? ((content) => content))(bytes) };
}

export function fingerprints(...people: readonly TestPerson[]): string[] {
  return people.map(({ fingerprint }) => fingerprint);
}

/** The pipeline trusts the keys of rita and rolf. */
export const ROOTS = fingerprints(rita, rolf);

/** A good quorum's approvals, judged by what the roots have released. */
export function underRoots(
  files: Files,
  anchor: Partial<Extract<TrustAnchor, { roots: unknown }>> = {},
  recipe: Partial<Recipe> = {},
): Recipe {
  return { approvals: [goodAna, goodBen], files, question: { anchor: { roots: ROOTS, ...anchor } }, ...recipe };
}

export const first = release({ by: [rita, rolf] });

/** The approvals of a good quorum under another policy. */
export function signedUnder(policy: string): Recipe['approvals'] {
  const world = makeWorld(policy);
  return [ana, ben].map((by) => world.sign({ by }));
}
