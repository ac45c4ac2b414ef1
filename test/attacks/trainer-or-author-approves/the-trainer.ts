import { type Attack, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'not-separate',
  recipe: { approvals: [goodAna, goodBen], trainer: 'benny' },
};
