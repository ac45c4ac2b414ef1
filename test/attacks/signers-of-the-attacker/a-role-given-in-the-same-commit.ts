import { ben, eve, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace('data-science: [', 'data-science: [eve@acme.example, ');
const generous = makeWorld(policy);

export const attack: Attack = {
  code: 'policy-differs',
  recipe: {
    headPolicy: policy,
    approvals: [generous.sign({ by: eve, predicate: { role: 'data-science' } }), generous.sign({ by: ben })],
    assessments: [generous.assess()],
  },
};
