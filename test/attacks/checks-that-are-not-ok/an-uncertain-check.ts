import { type Attack, bothSignAssessment, uncertain } from '../support/attack.ts';

export const attack: Attack = {
  code: 'check-uncertain',
  recipe: bothSignAssessment(uncertain),
};
