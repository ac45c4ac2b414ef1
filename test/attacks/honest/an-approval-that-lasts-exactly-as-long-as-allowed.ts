import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { goodAna, sign } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = {
  approvals: [goodAna, sign({ by: ben, predicate: { expires: '2026-09-08T12:00:00Z' } })],
};
