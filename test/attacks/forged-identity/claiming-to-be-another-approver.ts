import { ana, ben, DPIA } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, sign } from '../support/attack.ts';

export const attack: Attack = {
  code: 'approver-mismatch',
  recipe: {
    approvals: [goodAna, sign({ by: ana, predicate: { role: 'risk', approver: ben.name, attestations: [DPIA] } })],
  },
};
