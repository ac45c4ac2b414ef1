import { ci } from '../../unit/approval/support/sign-off-case.ts';
import { goodAna, goodBen, reject } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = { approvals: [goodAna, goodBen, reject(ci, { environment: 'staging' })] };
