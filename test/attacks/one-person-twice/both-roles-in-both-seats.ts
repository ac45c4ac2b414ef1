import { ben, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace('data-science: [ana@acme.example]', 'data-science: [ana@acme.example, ben@acme.example]');
const both = makeWorld(policy);

export const attack: Attack = {
  code: 'quorum-incomplete',
  recipe: {
    policy,
    approvals: [both.sign({ by: ben }), both.sign({ by: ben, predicate: { role: 'data-science' } })],
  },
};
