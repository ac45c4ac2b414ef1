import { eve } from '../../unit/approval/support/sign-off-case.ts';
import { goodAna, goodBen, revoke } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = { approvals: [goodAna, goodBen, revoke(eve, goodAna)] };
