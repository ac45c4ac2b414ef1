import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, sign } from '../support/attack.ts';

export const attack: Attack = {
  code: 'rollback-not-supported',
  recipe: { approvals: [goodAna, sign({ by: ben, predicate: { decision: 'rollback' } })] },
};
