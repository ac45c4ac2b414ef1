import { RELEASE_PREDICATE_TYPE, type ReleaseStatement } from './release.ts';
import { STATEMENT_TYPE } from './statement.ts';

/** The bytes that are signed: compact JSON, keys in the contract's order, rebuilt field by field. */
export function releaseBytes({ subject, predicate }: ReleaseStatement): Buffer {
  const ordered: ReleaseStatement = {
    _type: STATEMENT_TYPE,
    subject: subject.map(({ name, digest }) => ({ name, digest: { sha256: digest.sha256 } })),
    predicateType: RELEASE_PREDICATE_TYPE,
    predicate: {
      project: predicate.project,
      number: predicate.number,
      roots: [...predicate.roots],
      threshold: predicate.threshold,
      revoked: [...predicate.revoked],
      issued: predicate.issued,
      expires: predicate.expires,
    },
  };
  return Buffer.from(JSON.stringify(ordered), 'utf8');
}
