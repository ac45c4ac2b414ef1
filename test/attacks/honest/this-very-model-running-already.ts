import { MODEL } from '../../unit/approval/support/sign-off-case.ts';
import { goodAna, goodBen } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = { approvals: [goodAna, goodBen], question: { live: MODEL.modelId } };
