import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { goodAna, sign } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = {
  approvals: [goodAna, sign({ by: ben, predicate: { issued: '2026-06-15T12:04:59Z' } })],
};
