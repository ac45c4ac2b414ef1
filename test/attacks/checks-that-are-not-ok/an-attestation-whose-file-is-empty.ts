import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, DPIA, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace('role: risk }\nsignoff', 'role: risk, evidence: required }\nsignoff');
const strict = makeWorld(policy);
const attestations = [{ ...DPIA, evidence: [{ path: 'docs/dpia.md', sha256: sha256Hex('') }] }];

export const attack: Attack = {
  code: 'check-pending',
  recipe: { policy, approvals: [strict.sign({ by: ana }), strict.sign({ by: ben, predicate: { attestations } })] },
};
