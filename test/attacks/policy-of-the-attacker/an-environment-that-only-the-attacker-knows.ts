import { ci, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, sign } from '../support/attack.ts';

export const attack: Attack = {
  code: 'environment-unknown',
  recipe: {
    headPolicy: `${POLICY.replace('    production:', '    prod: { require: { automation: 1 } }\n    production:')}`,
    approvals: [sign({ by: ci, predicate: { environment: 'prod' } })],
    question: { environment: 'prod' },
  },
};
