import { goodAna, goodBen } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = {
  approvals: [goodAna, goodBen],
  files: { '.signoff/approvals/default-classifier/run-1/production.risk.0000000000000000.json': 'x' },
};
