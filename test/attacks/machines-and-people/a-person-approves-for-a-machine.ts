import { ana, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace(/ {2}dpia: .*\n/, '');
const world = makeWorld(policy);

export const attack: Attack = {
  code: 'quorum-incomplete',
  recipe: {
    policy,
    approvals: [world.sign({ by: ana, predicate: { environment: 'staging' } })],
    question: { environment: 'staging' },
  },
};
