import { bothSignAssessment, day, failing, waiver } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = bothSignAssessment(failing, { waivers: [{ ...waiver, until: day(25) }] });
