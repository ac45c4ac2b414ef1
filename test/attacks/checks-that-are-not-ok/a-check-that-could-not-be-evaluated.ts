import { type Attack, assess, bothSignAssessment } from '../support/attack.ts';

export const attack: Attack = {
  code: 'check-not-evaluable',
  recipe: bothSignAssessment(assess({ auc: 'not_evaluable' })),
};
