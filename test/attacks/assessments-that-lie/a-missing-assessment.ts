import { type Attack, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'assessment-missing',
  recipe: { approvals: [goodAna, goodBen], assessments: [] },
};
