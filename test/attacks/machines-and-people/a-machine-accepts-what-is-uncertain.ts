import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, ci } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, sign, uncertain } from '../support/attack.ts';

const assessment = { sha256: sha256Hex(uncertain) };

export const attack: Attack = {
  code: 'check-uncertain',
  recipe: {
    approvals: [
      ...[ana, ben].map((by) => sign({ by, predicate: { assessment } })),
      sign({ by: ci, predicate: { assessment, accepted: [{ check: 'auc', reason: 'fine' }] } }),
    ],
    assessments: [uncertain],
  },
};
