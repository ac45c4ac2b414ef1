import { goodAna, goodBen } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = {
  approvals: [goodAna, goodBen, { ...goodAna, inHead: false }, { ...goodBen, inHead: false }],
};
