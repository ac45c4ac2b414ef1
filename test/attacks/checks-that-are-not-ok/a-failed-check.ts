import { type Attack, bothSignAssessment, failing } from '../support/attack.ts';

export const attack: Attack = {
  code: 'check-failed',
  recipe: bothSignAssessment(failing),
};
