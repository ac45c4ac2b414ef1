import { assess, failingOnOther, failingSuccessors, goodAna, goodBen } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = {
  approvals: [goodAna, goodBen, ...failingSuccessors],
  assessments: [assess(), failingOnOther],
};
