import { mallory } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';
import { fingerprints, first, release, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-missing',
  recipe: underRoots({
    ...first,
    ...release({ by: [mallory], predicate: { number: 2, roots: fingerprints(mallory), threshold: 1 } }),
    ...release({ by: [mallory], predicate: { number: 3, roots: fingerprints(mallory), threshold: 1 } }),
  }),
};
