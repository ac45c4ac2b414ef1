import type { Attack } from '../support/attack.ts';
import { release, rita, rolf, underRoots } from '../support/release.ts';

function manySignatures(file: Buffer): Buffer {
  const envelope = JSON.parse(file.toString('utf8'));
  return Buffer.from(JSON.stringify({ ...envelope, signatures: Array(1000).fill(envelope.signatures[0]) }));
}

export const attack: Attack = {
  code: 'release-malformed',
  recipe: underRoots(release({ by: [rita, rolf], file: manySignatures })),
};
