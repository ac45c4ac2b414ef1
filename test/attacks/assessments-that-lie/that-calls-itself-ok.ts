import { type Attack, assess, bothSignAssessment } from '../support/attack.ts';

export const attack: Attack = {
  code: 'check-failed',
  recipe: bothSignAssessment(assess({ auc: 'fail' }, { summary: { ok: true, counts: { pass: 3 } } })),
};
