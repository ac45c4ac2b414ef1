import { ben, DPIA, eve } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, PAST, sign, successors, withKeyOf } from '../support/attack.ts';

export const attack: Attack = {
  code: 'superseded',
  recipe: {
    approvals: [sign({ by: eve, predicate: { attestations: [DPIA] } }), goodAna, ...successors],
    signers: withKeyOf(ben, PAST),
  },
};
