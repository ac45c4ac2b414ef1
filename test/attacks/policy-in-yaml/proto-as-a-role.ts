import { ana, ben, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace('roles: {', 'roles: { __proto__: [mallory@evil.example],');
const world = makeWorld(policy);

export const attack: Attack = {
  code: 'policy-invalid',
  recipe: { policy, approvals: [ana, ben].map((by) => world.sign({ by })) },
};
