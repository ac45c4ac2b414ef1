import { type Attack, bothSignAssessment, day, failing, waiver } from '../support/attack.ts';

export const attack: Attack = {
  code: 'check-failed',
  recipe: bothSignAssessment(failing, { waivers: [{ ...waiver, until: day(-1) }] }),
};
