import { sha256Hex } from '../../../src/base/hashing.ts';
import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, goodAna, sign, uncertain } from '../support/attack.ts';

export const attack: Attack = {
  code: 'approvals-disagree',
  recipe: {
    approvals: [goodAna, sign({ by: ben, predicate: { assessment: { sha256: sha256Hex(uncertain) } } })],
    assessments: [assess(), uncertain],
  },
};
