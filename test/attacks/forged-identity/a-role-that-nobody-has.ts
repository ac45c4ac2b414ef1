import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'role-unknown',
  recipe: forgedBen({ predicate: { role: 'board' } }),
};
