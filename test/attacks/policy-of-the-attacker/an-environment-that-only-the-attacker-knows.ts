import { ci, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace(/ {2}dpia: .*\n/, '').replace(
  '    production:',
  '    prod: { require: { automation: 1 }, automatic: true }\n    production:',
);
const world = makeWorld(policy);

export const attack: Attack = {
  code: 'environment-unknown',
  recipe: {
    headPolicy: policy,
    approvals: [world.sign({ by: ci, predicate: { environment: 'prod' } })],
    assessments: [world.assess()],
    question: { environment: 'prod' },
  },
};
