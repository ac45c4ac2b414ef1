import { sha256Hex } from '../../../src/base/hashing.ts';
import { ci, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace(/ {2}dpia: .*\n/, '');
const automatic = makeWorld(policy);
const bytes = automatic.assess({ auc: 'fail' });

export const attack: Attack = {
  code: 'check-not-passed',
  recipe: {
    policy,
    approvals: [
      automatic.sign({
        by: ci,
        predicate: {
          environment: 'staging',
          assessment: { sha256: sha256Hex(bytes) },
          accepted: [{ check: 'auc', reason: 'x' }],
        },
      }),
    ],
    assessments: [bytes],
    question: { environment: 'staging' },
  },
};
