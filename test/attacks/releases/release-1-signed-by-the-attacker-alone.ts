import { mallory } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';
import { fingerprints, release, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-not-signed',
  recipe: underRoots(release({ by: [mallory], predicate: { roots: fingerprints(mallory), threshold: 1 } })),
};
