import { POLICY } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, goodAna, goodBen } from '../support/attack.ts';

const policy = POLICY.replace('roles: {', 'roles: { __proto__: [mallory@evil.example],');

export const attack: Attack = {
  code: 'policy-invalid',
  recipe: { policy, approvals: [goodAna, goodBen], assessments: [assess()] },
};
