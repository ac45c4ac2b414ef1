import { type Attack, assess, bothSignAssessment } from '../support/attack.ts';

export const attack: Attack = {
  code: 'check-status-unknown',
  recipe: bothSignAssessment(assess({ auc: 'waived' })),
};
