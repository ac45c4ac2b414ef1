import { ana, ben, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace('automation: [ci@acme.example]', 'automation: [ci@acme.example, ben@acme.example]');
const mixed = makeWorld(policy);

export const attack: Attack = {
  code: 'policy-invalid',
  recipe: { policy, approvals: [mixed.sign({ by: ana }), mixed.sign({ by: ben })] },
};
