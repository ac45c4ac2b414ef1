import { ben, DPIA, eve } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, reject, sign } from '../support/attack.ts';

const rejection = reject(eve);

export const attack: Attack = {
  code: 'rejected',
  recipe: {
    approvals: [
      goodAna,
      sign({ by: eve, predicate: { attestations: [DPIA] } }),
      rejection,
      sign({ by: ben, predicate: { supersedes: [rejection.id] } }),
    ],
    author: 'Benny <someone@elsewhere.example>',
  },
};
