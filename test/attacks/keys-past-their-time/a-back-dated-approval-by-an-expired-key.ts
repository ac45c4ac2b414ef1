import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, forgedBen, PAST, withKeyOf } from '../support/attack.ts';

export const attack: Attack = {
  code: 'signer-not-valid-now',
  recipe: forgedBen(
    { predicate: { issued: '2026-05-20T00:00:00Z', expires: '2026-08-01T00:00:00Z' } },
    { signers: withKeyOf(ben, PAST) },
  ),
};
