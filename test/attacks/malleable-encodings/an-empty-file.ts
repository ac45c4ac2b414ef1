import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'envelope-malformed',
  recipe: forgedBen({ file: () => Buffer.alloc(0) }),
};
