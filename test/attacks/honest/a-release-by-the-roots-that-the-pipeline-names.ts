import type { Recipe } from '../support/recipe.ts';
import { first, underRoots } from '../support/release.ts';

export const recipe: Recipe = underRoots(first, { minRelease: 1, project: 'credit-risk' });
