import { ana, ben, DPIA } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, onOther, rollBack, sign, successors } from '../support/attack.ts';

const old = { issued: '2025-01-01T00:00:00Z', expires: '2025-02-01T00:00:00Z' };

export const attack: Attack = {
  code: 'nothing-to-roll-back',
  recipe: {
    approvals: [
      sign({ by: ana, predicate: old }),
      sign({ by: ben, predicate: { ...old, attestations: [DPIA] } }),
      ...successors.slice(1),
      rollBack(ben),
    ],
    assessments: [assess(), onOther],
  },
};
