import type { Attack } from '../support/attack.ts';
import { first, release, rita, rolf, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-missing',
  recipe: underRoots({ ...first, ...release({ by: [rita, rolf], predicate: { number: 3 } }) }),
};
