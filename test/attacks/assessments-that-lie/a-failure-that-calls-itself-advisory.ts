import { type Attack, bothSignAssessment, edited, failing } from '../support/attack.ts';

export const attack: Attack = {
  code: 'check-failed',
  recipe: bothSignAssessment(edited('"severity": "required"', '"severity": "advisory"')(failing)),
};
