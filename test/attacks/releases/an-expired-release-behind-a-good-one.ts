import type { Attack } from '../support/attack.ts';
import { first, release, rita, rolf, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-expired',
  recipe: underRoots({
    ...first,
    ...release({ by: [rita, rolf], predicate: { number: 2, expires: '2026-06-15T11:59:59Z' } }),
  }),
};
