import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, rollBack, rolledBack } from '../support/attack.ts';

export const attack: Attack = { code: 'not-separate', recipe: rolledBack(rollBack(ben), { trainer: 'benny' }) };
