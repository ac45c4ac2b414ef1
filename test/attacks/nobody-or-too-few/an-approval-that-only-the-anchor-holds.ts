import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'quorum-incomplete',
  recipe: forgedBen({ inHead: false }),
};
