import { rolledBack } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = rolledBack();
