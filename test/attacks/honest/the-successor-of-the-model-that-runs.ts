import { MODEL } from '../../unit/approval/support/sign-off-case.ts';
import { goodAna, goodBen, onOther, successors } from '../support/attack.ts';
import { OTHER_SIGNED_MODEL, type Recipe } from '../support/recipe.ts';

export const recipe: Recipe = {
  approvals: [goodAna, goodBen, ...successors],
  model: OTHER_SIGNED_MODEL,
  assessments: [onOther],
  question: { live: MODEL.modelId },
};
