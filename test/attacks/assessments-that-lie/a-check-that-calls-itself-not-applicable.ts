import { type Attack, assess, bothSignAssessment } from '../support/attack.ts';

export const attack: Attack = {
  code: 'check-not-applicable',
  recipe: bothSignAssessment(assess({ auc: 'not_applicable' })),
};
