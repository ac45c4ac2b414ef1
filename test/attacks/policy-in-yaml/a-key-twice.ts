import { ana, ben, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace('min: 0.8', 'min: 0.8, min: 0.1');
const world = makeWorld(policy);

export const attack: Attack = {
  code: 'policy-invalid',
  recipe: { policy, approvals: [ana, ben].map((by) => world.sign({ by })) },
};
