import type { Attack } from '../support/attack.ts';
import { fingerprints, release, rita, rolf, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-malformed',
  recipe: underRoots(release({ by: [rita, rolf], predicate: { revoked: fingerprints(rita) } })),
};
