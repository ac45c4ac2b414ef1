import { type Attack, assess, bothSignAssessment } from '../support/attack.ts';

export const attack: Attack = {
  code: 'assessment-mismatch',
  recipe: bothSignAssessment(assess({}, { run: { id: 'run-2', name: 'x', source: 'y' } })),
};
