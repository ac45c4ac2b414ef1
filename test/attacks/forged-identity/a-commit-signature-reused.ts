import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'signature-invalid',
  recipe: forgedBen({ namespace: 'git' }),
};
