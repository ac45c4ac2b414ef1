import { type Attack, edited, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'statement-malformed',
  recipe: forgedBen({ payload: edited('"decision":"approve"', '"decision":"reject","decision":"approve"') }),
};
