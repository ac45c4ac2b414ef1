import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'signature-malformed',
  recipe: forgedBen({ armoured: (text) => `${text}hello\n` }),
};
