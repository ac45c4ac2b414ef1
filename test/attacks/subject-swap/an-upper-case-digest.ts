import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'statement-malformed',
  recipe: forgedBen({ predicate: { assessment: { sha256: 'A'.repeat(64) } } }),
};
