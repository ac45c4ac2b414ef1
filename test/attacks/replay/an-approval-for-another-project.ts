import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'wrong-project',
  recipe: forgedBen({ predicate: { project: 'marketing' } }),
};
