import { ben, DPIA, eve } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, PAST, rivals, sign, withKeyOf } from '../support/attack.ts';

export const attack: Attack = {
  code: 'fork',
  recipe: {
    approvals: [goodAna, sign({ by: eve, predicate: { attestations: [DPIA] } }), ...rivals],
    signers: withKeyOf(ben, PAST),
  },
};
