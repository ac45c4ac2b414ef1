import type { Attack } from '../support/attack.ts';
import { first, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-too-old',
  recipe: underRoots(first, { minRelease: 3 }),
};
