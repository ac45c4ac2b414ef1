import { type Attack, forgedBen, instant } from '../support/attack.ts';

export const attack: Attack = {
  code: 'approval-expired',
  recipe: forgedBen({ predicate: { expires: instant(0) } }),
};
