import { ana, ben, DPIA, eve, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Recipe } from '../support/recipe.ts';

const policy = POLICY.replace('role: risk }\nsignoff', 'role: privacy }\nsignoff');
const privacy = makeWorld(policy);

export const recipe: Recipe = {
  policy,
  approvals: [
    privacy.sign({ by: ana }),
    privacy.sign({ by: ben, predicate: { attestations: [] } }),
    privacy.sign({ by: eve, predicate: { role: 'privacy', attestations: [DPIA] } }),
  ],
};
