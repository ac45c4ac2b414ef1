import { ana, ben, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace('aliases: { ', 'aliases: { ana@acme.example: [Ben@Acme.example], ');
const { sign } = makeWorld(policy);

export const attack: Attack = {
  code: 'policy-invalid',
  recipe: { policy, approvals: [sign({ by: ana }), sign({ by: ben })] },
};
