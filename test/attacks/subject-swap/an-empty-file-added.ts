import { type Attack, goodAna, goodBen } from '../support/attack.ts';
import { SIGNED_MODEL } from '../support/recipe.ts';

export const attack: Attack = {
  code: 'model-changed',
  recipe: { approvals: [goodAna, goodBen], model: { ...SIGNED_MODEL, 'z.py': '' } },
};
