import { OTHER_MODEL } from '../../unit/approval/support/sign-off-case.ts';
import { rolledBack } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = rolledBack(undefined, { question: { live: OTHER_MODEL.modelId } });
