import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, failing, ofFailing, onOther, rollBack, sign, successors } from '../support/attack.ts';

const signed = [ana, ben].map((by) => sign({ by, predicate: ofFailing }));

export const attack: Attack = {
  code: 'check-failed',
  recipe: {
    approvals: [...signed, ...successors, rollBack(ben, { assessment: { sha256: sha256Hex(failing) } })],
    assessments: [failing, onOther],
  },
};
