import type { Attack } from '../support/attack.ts';
import { first, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'root-malformed',
  recipe: underRoots(first, { roots: [] }),
};
