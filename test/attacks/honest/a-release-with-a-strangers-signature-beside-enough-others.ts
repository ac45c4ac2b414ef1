import { mallory } from '../../unit/approval/support/sign-off-case.ts';
import type { Recipe } from '../support/recipe.ts';
import { release, rita, rolf, underRoots } from '../support/release.ts';

export const recipe: Recipe = underRoots(release({ by: [mallory, rita, rolf] }));
