import { type Attack, edited, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'assessment-changed',
  recipe: { approvals: [goodAna, goodBen], doctored: edited('"pass"', '"fail"') },
};
