import { POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace('require: { data-science: 1, risk: 1 }', 'require: {}');

export const attack: Attack = {
  code: 'policy-invalid',
  recipe: { policy, approvals: [] },
};
