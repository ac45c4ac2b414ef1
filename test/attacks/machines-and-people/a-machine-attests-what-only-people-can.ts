import { ci, DPIA, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace('on file", role: risk }', 'on file" }');
const world = makeWorld(policy);

export const attack: Attack = {
  code: 'check-not-passed',
  recipe: {
    policy,
    approvals: [world.sign({ by: ci, predicate: { environment: 'staging', attestations: [DPIA] } })],
    question: { environment: 'staging' },
  },
};
