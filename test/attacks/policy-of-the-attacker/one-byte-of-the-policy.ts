import { POLICY } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'policy-differs',
  recipe: { headPolicy: `${POLICY}\n`, approvals: [goodAna, goodBen] },
};
