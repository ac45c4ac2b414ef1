import { ben, eve } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen, liftedByEve, PAST, reject, withKeyOf } from '../support/attack.ts';

const rejection = reject(ben);

export const attack: Attack = {
  code: 'rejected',
  recipe: {
    approvals: [goodAna, goodBen, rejection, liftedByEve(rejection)],
    signers: withKeyOf(eve, PAST),
  },
};
