import type { Recipe } from '../support/recipe.ts';
import { bensKey, byAnasKey, byBen, whereTouchIsDemanded } from '../support/security-keys.ts';

export const recipe: Recipe = whereTouchIsDemanded(byAnasKey, byBen(bensKey));
