import { ana, ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, failing, ofFailing, sign, waiver } from '../support/attack.ts';

export const attack: Attack = {
  code: 'check-failed',
  recipe: {
    approvals: [
      sign({ by: ana, predicate: { ...ofFailing, waivers: [waiver] } }),
      sign({ by: ben, predicate: ofFailing }),
    ],
    assessments: [failing],
  },
};
