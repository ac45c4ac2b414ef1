import { eve } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, FUTURE, goodAna, goodBen, reject, withKeyOf } from '../support/attack.ts';

export const attack: Attack = {
  code: 'rejected',
  recipe: { approvals: [goodAna, goodBen, reject(eve)], signers: withKeyOf(eve, FUTURE) },
};
