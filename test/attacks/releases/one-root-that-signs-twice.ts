import type { Attack } from '../support/attack.ts';
import { fingerprints, release, rita, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-not-signed',
  recipe: underRoots(release({ by: [rita, rita] }), { roots: fingerprints(rita) }),
};
