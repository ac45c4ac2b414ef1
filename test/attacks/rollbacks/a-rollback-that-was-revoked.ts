import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, goodAna, goodBen, onOther, revoke, rollBack, successors } from '../support/attack.ts';

export const attack: Attack = {
  code: 'revoked',
  recipe: {
    approvals: [goodAna, goodBen, ...successors, rollBack(ben), revoke(ben, rollBack(ben))],
    assessments: [assess(), onOther],
  },
};
