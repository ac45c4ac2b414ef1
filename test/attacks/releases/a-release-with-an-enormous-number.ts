import type { Attack } from '../support/attack.ts';
import { first, release, rita, rolf, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-missing',
  recipe: underRoots({
    ...first,
    ...release({ by: [rita, rolf], path: '.signoff/releases/99999999999999999999.json' }),
  }),
};
