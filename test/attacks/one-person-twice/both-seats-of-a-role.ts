import { ana, ben, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace('risk: 1 }', 'risk: 2 }');
const two = makeWorld(policy);

export const attack: Attack = {
  code: 'quorum-incomplete',
  recipe: {
    policy,
    approvals: [two.sign({ by: ana }), two.sign({ by: ben }), two.sign({ by: ben, predicate: { comment: 'again' } })],
  },
};
