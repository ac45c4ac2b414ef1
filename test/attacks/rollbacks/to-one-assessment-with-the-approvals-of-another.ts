import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, ofFailing, rollBack, rolledBack } from '../support/attack.ts';

export const attack: Attack = { code: 'rollback-without-quorum', recipe: rolledBack(rollBack(ben, ofFailing)) };
