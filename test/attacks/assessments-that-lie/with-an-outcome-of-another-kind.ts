import { type Attack, bothSignAssessment, withOutcomes } from '../support/attack.ts';

export const attack: Attack = {
  code: 'check-kind-differs',
  recipe: bothSignAssessment(
    withOutcomes((outcomes) => outcomes.map((outcome) => ({ ...outcome, check: 'document' }))),
  ),
};
