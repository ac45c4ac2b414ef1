import { ben, eve } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen, reject, sign } from '../support/attack.ts';

const rejection = reject(eve);

export const attack: Attack = {
  code: 'rejected',
  recipe: {
    approvals: [
      goodAna,
      goodBen,
      rejection,
      sign({ by: ben, predicate: { environment: 'staging', supersedes: [rejection.id] } }),
    ],
  },
};
