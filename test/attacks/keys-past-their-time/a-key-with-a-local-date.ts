import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, forgedBen, withKeyOf } from '../support/attack.ts';

export const attack: Attack = {
  code: 'signers-invalid',
  recipe: forgedBen({}, { signers: withKeyOf(ben, 'valid-before="20270101"') }),
};
