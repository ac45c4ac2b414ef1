import { type Attack, bothSignAssessment, withOutcomes } from '../support/attack.ts';

export const attack: Attack = {
  code: 'check-missing',
  recipe: bothSignAssessment(
    withOutcomes((outcomes) => outcomes.map((outcome) => (outcome.id === 'auc' ? { ...outcome, id: 'AUC' } : outcome))),
  ),
};
