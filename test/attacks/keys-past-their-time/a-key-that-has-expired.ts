import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, forgedBen, PAST, withKeyOf } from '../support/attack.ts';

export const attack: Attack = {
  code: 'signer-not-valid-now',
  recipe: forgedBen({}, { signers: withKeyOf(ben, PAST) }),
};
