import { parseRelease } from '../../../src/approval/release-reader.ts';
import { releaseBytes } from '../../../src/approval/release-writer.ts';
import type { Attack } from '../support/attack.ts';
import { release, rita, rolf, underRoots } from '../support/release.ts';

/** The signatures of a good release, beside a payload that lasts for longer. */
function lastingLonger(file: Buffer): Buffer {
  const envelope = JSON.parse(file.toString('utf8'));
  const signed = parseRelease(Buffer.from(envelope.payload, 'base64'));
  if (!signed.ok) throw new Error(signed.problem.message);
  const predicate = { ...signed.value.predicate, expires: '2126-06-01T00:00:00Z' };
  const payload = releaseBytes({ ...signed.value, predicate }).toString('base64');
  return Buffer.from(JSON.stringify({ ...envelope, payload }));
}

export const attack: Attack = {
  code: 'release-not-signed',
  recipe: underRoots(release({ by: [rita, rolf], file: lastingLonger })),
};
