import { type Attack, edited, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'envelope-malformed',
  recipe: forgedBen({ file: edited('"payload":"', '"payload":"\\n') }),
};
