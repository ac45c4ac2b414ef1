import { ana, ci, DPIA, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace('risk: [', 'risk: [ci@acme.example, ');
const generous = makeWorld(policy);

export const attack: Attack = {
  code: 'policy-differs',
  recipe: {
    headPolicy: policy,
    approvals: [
      generous.sign({ by: ana }),
      generous.sign({ by: ci, predicate: { role: 'risk', attestations: [DPIA] } }),
    ],
    assessments: [generous.assess()],
  },
};
