import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace('min: 0.8 }', 'min: 0.8, not_applicable: no scores }').replace(
  'role: risk }\nsignoff',
  'role: risk, not_applicable: no people }\nsignoff',
);
const idle = makeWorld(policy);
const bytes = idle.assess({ auc: 'not_applicable', loss: 'fail', dpia: 'not_applicable' });
const predicate = { assessment: { sha256: sha256Hex(bytes) } };

export const attack: Attack = {
  code: 'nothing-evaluated',
  recipe: { policy, approvals: [ana, ben].map((by) => idle.sign({ by, predicate })), assessments: [bytes] },
};
