import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'too-large',
  recipe: forgedBen({ file: () => Buffer.alloc(33 * 1024 * 1024, ' ') }),
};
