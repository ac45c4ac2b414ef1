import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, rollBack, rolledBack } from '../support/attack.ts';

export const attack: Attack = { code: 'no-approval', recipe: rolledBack(rollBack(ben, {}, { inHead: false })) };
