import { ana, ben, DPIA } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, sign } from '../support/attack.ts';

export const attack: Attack = {
  code: 'check-pending',
  recipe: {
    approvals: [
      sign({ by: ana, predicate: { attestations: [DPIA] } }),
      sign({ by: ben, predicate: { attestations: [] } }),
    ],
  },
};
