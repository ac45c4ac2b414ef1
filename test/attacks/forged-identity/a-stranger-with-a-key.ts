import { ben, DPIA, mallory } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, sign } from '../support/attack.ts';

export const attack: Attack = {
  code: 'signer-unknown',
  recipe: {
    approvals: [goodAna, sign({ by: mallory, predicate: { role: 'risk', approver: ben.name, attestations: [DPIA] } })],
  },
};
