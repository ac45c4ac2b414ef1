import type { Attack } from '../support/attack.ts';
import { release, rita, rolf, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-mismatch',
  recipe: underRoots(release({ by: [rita, rolf], predicate: { project: 'marketing' } })),
};
