import { eve } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, rollBack, rolledBack } from '../support/attack.ts';

export const attack: Attack = { code: 'rollback-role', recipe: rolledBack(rollBack(eve, { role: 'privacy' })) };
