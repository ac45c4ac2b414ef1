import type { AllowedSigners } from './allowed-signers.ts';
import type { DescribedField } from './describe-statement.ts';
import type { ReleaseStatement } from './release.ts';

/** Exactly what a release says, field by field, for people. `signers` puts names to keys where it knows them. */
export function describeRelease({ subject, predicate }: ReleaseStatement, signers?: AllowedSigners): DescribedField[] {
  const named = (key: string) => {
    const person = signers?.byFingerprint.get(key)?.person;
    return person === undefined ? key : `${key} (${person})`;
  };
  const { roots, threshold, revoked } = predicate;
  return [
    { label: 'Release', value: `${predicate.number} of ${predicate.project}` },
    ...subject.map(({ name, digest }) => ({ label: name, value: `sha256 ${digest.sha256}` })),
    ...roots.map((root) => ({ label: 'Root key', value: named(root) })),
    { label: 'Have to sign', value: `${threshold} of ${roots.length}` },
    ...revoked.map((key) => ({ label: 'Revokes', value: named(key) })),
    { label: 'Issued', value: predicate.issued },
    { label: 'Expires', value: predicate.expires },
  ];
}
