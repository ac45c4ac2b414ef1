import { type Attack, assess, failingOnOther, failingSuccessors, goodAna, goodBen } from '../support/attack.ts';
import { OTHER_SIGNED_MODEL } from '../support/recipe.ts';

export const attack: Attack = {
  code: 'check-failed',
  recipe: {
    approvals: [goodAna, goodBen, ...failingSuccessors],
    assessments: [assess(), failingOnOther],
    model: OTHER_SIGNED_MODEL,
  },
};
