import { eve, OTHER_FILES } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen, reject, sign } from '../support/attack.ts';

const rejection = reject(eve);

export const attack: Attack = {
  code: 'rejected',
  recipe: {
    approvals: [
      goodAna,
      goodBen,
      rejection,
      sign({ by: eve, files: OTHER_FILES, predicate: { supersedes: [rejection.id] } }),
    ],
  },
};
