import { POLICY } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, goodAna, goodBen } from '../support/attack.ts';

const policy = POLICY.replace('min: 0.8', 'min: .nan');

export const attack: Attack = {
  code: 'policy-invalid',
  recipe: { policy, approvals: [goodAna, goodBen], assessments: [assess()] },
};
