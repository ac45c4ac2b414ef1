import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, rollBack, rolledBack } from '../support/attack.ts';

export const attack: Attack = {
  code: 'policy-changed',
  recipe: rolledBack(rollBack(ben, { policy: { sha256: '0'.repeat(64) } })),
};
