import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen, revoke } from '../support/attack.ts';

export const attack: Attack = {
  code: 'revoked',
  recipe: { approvals: [goodAna, goodBen, revoke(ben, goodBen)] },
};
