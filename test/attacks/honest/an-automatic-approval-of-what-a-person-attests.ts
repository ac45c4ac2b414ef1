import { ben, ci, DPIA } from '../../unit/approval/support/sign-off-case.ts';
import { sign } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = {
  approvals: [
    sign({ by: ben, predicate: { environment: 'staging', attestations: [DPIA] } }),
    sign({ by: ci, predicate: { environment: 'staging' } }),
  ],
  question: { environment: 'staging' },
};
