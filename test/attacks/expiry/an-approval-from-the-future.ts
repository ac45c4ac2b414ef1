import { type Attack, forgedBen, instant } from '../support/attack.ts';

export const attack: Attack = {
  code: 'issued-in-future',
  recipe: forgedBen({ predicate: { issued: instant(6 * 60_000), expires: instant(86_400_000) } }),
};
