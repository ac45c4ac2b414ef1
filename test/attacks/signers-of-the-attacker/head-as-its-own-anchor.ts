import { type Attack, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'anchor-not-allowed',
  recipe: { approvals: [goodAna, goodBen], question: { anchor: { trustedRef: 'HEAD' } } },
};
