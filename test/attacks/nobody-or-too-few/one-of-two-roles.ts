import { ana, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace(/ {2}dpia: .*\n/, '');

export const attack: Attack = {
  code: 'quorum-incomplete',
  recipe: { policy, approvals: [makeWorld(policy).sign({ by: ana })] },
};
