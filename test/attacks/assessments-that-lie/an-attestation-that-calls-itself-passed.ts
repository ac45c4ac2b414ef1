import { type Attack, assess, bothSignAssessment } from '../support/attack.ts';

export const attack: Attack = {
  code: 'check-pending',
  recipe: bothSignAssessment(assess({ dpia: 'pass' }), { attestations: [] }),
};
