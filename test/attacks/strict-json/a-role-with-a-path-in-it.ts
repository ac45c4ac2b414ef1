import { type Attack, forgedBen, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'statement-malformed',
  recipe: forgedBen({ predicate: { role: '../risk' }, path: () => goodBen.path }),
};
