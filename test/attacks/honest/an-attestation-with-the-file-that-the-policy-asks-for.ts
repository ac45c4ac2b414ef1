import { ana, ben, DPIA, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Recipe } from '../support/recipe.ts';

const policy = POLICY.replace('role: risk }\nsignoff', 'role: risk, evidence: required }\nsignoff');
const strict = makeWorld(policy);
const evidence = [{ path: 'dpia.pdf', sha256: 'a'.repeat(64) }];

export const recipe: Recipe = {
  policy,
  approvals: [strict.sign({ by: ana }), strict.sign({ by: ben, predicate: { attestations: [{ ...DPIA, evidence }] } })],
};
