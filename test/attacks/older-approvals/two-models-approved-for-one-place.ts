import { type Attack, goodAna, goodBen, rivals } from '../support/attack.ts';

export const attack: Attack = {
  code: 'fork',
  recipe: { approvals: [goodAna, goodBen, ...rivals] },
};
