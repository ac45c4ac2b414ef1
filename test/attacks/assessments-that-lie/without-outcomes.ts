import { type Attack, assess, bothSignAssessment } from '../support/attack.ts';

export const attack: Attack = {
  code: 'check-missing',
  recipe: bothSignAssessment(assess({}, { outcomes: [] })),
};
