import { ana, ben, DPIA } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, rollBack, sign } from '../support/attack.ts';

// Nothing took the model's place: going "back" to it would be to renew, alone, what two had approved for a time.
const old = { issued: '2025-01-01T00:00:00Z', expires: '2025-02-01T00:00:00Z' };

export const attack: Attack = {
  code: 'nothing-to-roll-back',
  recipe: {
    approvals: [
      sign({ by: ana, predicate: old }),
      sign({ by: ben, predicate: { ...old, attestations: [DPIA] } }),
      rollBack(ben, { replaces: null, supersedes: [] }),
    ],
  },
};
