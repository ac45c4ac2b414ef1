import { assess, bothSignAssessment } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = bothSignAssessment(assess({ loss: 'fail' }));
