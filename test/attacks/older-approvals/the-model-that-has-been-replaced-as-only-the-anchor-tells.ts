import { type Attack, goodAna, goodBen, successors } from '../support/attack.ts';

export const attack: Attack = {
  code: 'superseded',
  recipe: { approvals: [goodAna, goodBen, ...successors.map((file) => ({ ...file, inHead: false }))] },
};
