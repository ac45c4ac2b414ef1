import type { Attack } from '../support/attack.ts';
import { first, release, rita, rolf, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-mismatch',
  recipe: underRoots({ ...first, ...release({ by: [rita, rolf], predicate: { number: 2, project: 'marketing' } }) }),
};
