import { ben, eve } from '../../unit/approval/support/sign-off-case.ts';
import { goodAna, reject, sign } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

const rejection = reject(eve);

export const recipe: Recipe = {
  approvals: [goodAna, sign({ by: ben, predicate: { supersedes: [rejection.id] } }), rejection],
};
