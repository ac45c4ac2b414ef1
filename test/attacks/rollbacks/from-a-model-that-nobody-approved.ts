import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, rollBack, rolledBack } from '../support/attack.ts';

export const attack: Attack = {
  code: 'nothing-to-roll-back',
  recipe: rolledBack(rollBack(ben, { replaces: 'a'.repeat(64) })),
};
