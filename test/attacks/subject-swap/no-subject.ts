import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'statement-malformed',
  recipe: forgedBen({ subject: [] }),
};
