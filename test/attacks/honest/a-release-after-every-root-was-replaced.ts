import type { Recipe } from '../support/recipe.ts';
import { fingerprints, first, release, rita, rosa, ruth, underRoots } from '../support/release.ts';

export const recipe: Recipe = underRoots(
  {
    ...first,
    ...release({
      by: [rita, rosa, ruth],
      predicate: { number: 2, roots: fingerprints(rosa, ruth), expires: '2026-06-10T00:00:00Z' },
    }),
    ...release({ by: [rosa, ruth], predicate: { number: 3, roots: fingerprints(rosa, ruth) } }),
  },
  { minRelease: 3 },
);
