import { type Attack, rolledBack } from '../support/attack.ts';
import { OTHER_SIGNED_MODEL } from '../support/recipe.ts';

export const attack: Attack = { code: 'superseded', recipe: rolledBack(undefined, { model: OTHER_SIGNED_MODEL }) };
