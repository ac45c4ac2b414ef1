import type { Recipe } from '../support/recipe.ts';
import { first, release, rita, underRoots } from '../support/release.ts';

export const recipe: Recipe = underRoots({ ...first, ...release({ by: [rita], predicate: { number: 2 } }) });
