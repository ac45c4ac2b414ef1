import { type Attack, assess, bothSignAssessment } from '../support/attack.ts';

export const attack: Attack = {
  code: 'assessment-mismatch',
  recipe: bothSignAssessment(assess({}, { policy: { path: 'signoff.yaml', sha256: '0'.repeat(64) } })),
};
