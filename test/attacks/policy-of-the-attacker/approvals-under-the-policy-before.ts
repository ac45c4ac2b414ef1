import { POLICY } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'policy-changed',
  recipe: { policy: POLICY.replace('min: 0.8', 'min: 0.9'), approvals: [goodAna, goodBen], assessments: [assess()] },
};
