import { eve } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, goodAna, goodBen, onOther, reject, rollBack, successors } from '../support/attack.ts';

export const attack: Attack = {
  code: 'rejected',
  recipe: {
    approvals: [
      ...[goodAna, goodBen, reject(eve), ...successors],
      rollBack(eve, { supersedes: [reject(eve), ...successors].map(({ id }) => id) }),
    ],
    assessments: [assess(), onOther],
  },
};
