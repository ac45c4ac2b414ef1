import { ana, ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, PAST, rollBack, rolledBack, withKeyOf } from '../support/attack.ts';

export const attack: Attack = {
  code: 'rollback-without-quorum',
  recipe: rolledBack(rollBack(ben), { signers: withKeyOf(ana, PAST) }),
};
