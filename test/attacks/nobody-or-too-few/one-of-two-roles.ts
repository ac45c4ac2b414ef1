import { type Attack, goodAna } from '../support/attack.ts';

export const attack: Attack = {
  code: 'quorum-incomplete',
  recipe: { approvals: [goodAna] },
};
