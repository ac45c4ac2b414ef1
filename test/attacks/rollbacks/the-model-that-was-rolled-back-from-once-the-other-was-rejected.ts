import { ben, eve } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, goodAna, goodBen, onOther, reject, rollBack, successors } from '../support/attack.ts';
import { OTHER_SIGNED_MODEL } from '../support/recipe.ts';

export const attack: Attack = {
  code: 'superseded',
  recipe: {
    approvals: [goodAna, goodBen, ...successors, rollBack(ben), reject(eve)],
    assessments: [assess(), onOther],
    model: OTHER_SIGNED_MODEL,
  },
};
