import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, goodAna, onOther, rollBack, successors } from '../support/attack.ts';

export const attack: Attack = {
  code: 'rollback-without-quorum',
  recipe: { approvals: [goodAna, ...successors, rollBack(ben)], assessments: [assess(), onOther] },
};
