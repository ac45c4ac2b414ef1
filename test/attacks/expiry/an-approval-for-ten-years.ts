import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'expires-too-late',
  recipe: forgedBen({ predicate: { expires: '2036-01-01T00:00:00Z' } }),
};
