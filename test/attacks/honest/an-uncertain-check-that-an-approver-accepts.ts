import { bothSignAssessment, uncertain } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = bothSignAssessment(uncertain, {
  accepted: [{ check: 'auc', reason: 'more rows next month' }],
});
