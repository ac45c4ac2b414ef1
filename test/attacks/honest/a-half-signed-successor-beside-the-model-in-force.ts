import { goodAna, goodBen, successors } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = { approvals: [goodAna, goodBen, ...successors.slice(0, 1)] };
