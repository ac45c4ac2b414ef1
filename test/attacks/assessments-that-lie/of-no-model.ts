import { type Attack, assess, bothSignAssessment } from '../support/attack.ts';

export const attack: Attack = {
  code: 'assessment-mismatch',
  recipe: bothSignAssessment(assess({}, { model_id: null })),
};
