import { type Attack, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'not-a-file',
  recipe: { approvals: [goodAna, { ...goodBen, content: undefined }] },
};
