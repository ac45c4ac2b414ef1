import { type Attack, bothSignAssessment, failing, waiver } from '../support/attack.ts';

export const attack: Attack = {
  code: 'check-failed',
  recipe: bothSignAssessment(failing, { waivers: [{ ...waiver, check: 'loss' }] }),
};
