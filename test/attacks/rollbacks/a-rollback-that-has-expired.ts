import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, rollBack, rolledBack } from '../support/attack.ts';

export const attack: Attack = {
  code: 'approval-expired',
  recipe: rolledBack(rollBack(ben, { issued: '2026-03-01T00:00:00Z', expires: '2026-05-01T00:00:00Z' })),
};
