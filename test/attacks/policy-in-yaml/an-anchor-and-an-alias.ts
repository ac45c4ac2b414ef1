import { POLICY } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, goodAna, goodBen } from '../support/attack.ts';

const policy = POLICY.replace('min: 0.8 }', 'min: &low 0.8 }').replace('max: 0.5', 'max: *low');

export const attack: Attack = {
  code: 'policy-invalid',
  recipe: { policy, approvals: [goodAna, goodBen], assessments: [assess()] },
};
