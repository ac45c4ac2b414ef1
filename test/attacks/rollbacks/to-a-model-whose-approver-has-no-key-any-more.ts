import { ana, ben, SIGNERS } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, rollBack, rolledBack } from '../support/attack.ts';

export const attack: Attack = {
  code: 'rollback-without-quorum',
  recipe: rolledBack(rollBack(ben), { signers: SIGNERS.replace(`${ana.line}\n`, '') }),
};
