import { eve } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen, reject } from '../support/attack.ts';

export const attack: Attack = {
  code: 'rejected',
  recipe: { approvals: [goodAna, goodBen, reject(eve, { role: 'privacy' })] },
};
