import { type Attack, bothSignAssessment } from '../support/attack.ts';

export const attack: Attack = {
  code: 'assessment-malformed',
  recipe: bothSignAssessment(Buffer.from('{}')),
};
