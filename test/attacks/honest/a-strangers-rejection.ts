import { mallory } from '../../unit/approval/support/sign-off-case.ts';
import { goodAna, goodBen, reject } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = {
  approvals: [goodAna, goodBen, reject(mallory, { role: 'risk', approver: mallory.name })],
};
