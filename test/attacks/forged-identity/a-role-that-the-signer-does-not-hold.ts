import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'role-not-held',
  recipe: forgedBen({ predicate: { role: 'data-science' } }),
};
