import { POLICY } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, goodAna, goodBen } from '../support/attack.ts';

const policy = `${POLICY}---\n${POLICY}`;

export const attack: Attack = {
  code: 'policy-invalid',
  recipe: { policy, approvals: [goodAna, goodBen], assessments: [assess()] },
};
