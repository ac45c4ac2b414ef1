import { ana, ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, goodAna, goodBen, onOther, revoke, rollBack, successors } from '../support/attack.ts';

export const attack: Attack = {
  code: 'rollback-without-quorum',
  recipe: {
    approvals: [goodAna, goodBen, revoke(ana, goodAna), ...successors, rollBack(ben)],
    assessments: [assess(), onOther],
  },
};
