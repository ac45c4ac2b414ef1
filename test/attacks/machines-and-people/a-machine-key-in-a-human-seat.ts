import { ci, DPIA } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, sign } from '../support/attack.ts';

export const attack: Attack = {
  code: 'role-not-held',
  recipe: { approvals: [goodAna, sign({ by: ci, predicate: { role: 'risk', attestations: [DPIA] } })] },
};
