import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'statement-malformed',
  recipe: forgedBen({ predicate: { expires: '2026-02-30T00:00:00Z' } }),
};
