import { ana, ben, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace('role: risk }\nsignoff', 'role: risk, evidence: required }\nsignoff');
const strict = makeWorld(policy);

export const attack: Attack = {
  code: 'check-pending',
  recipe: { policy, approvals: [ana, ben].map((by) => strict.sign({ by })) },
};
