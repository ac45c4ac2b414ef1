import { OTHER_MODEL } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, bothSignAssessment } from '../support/attack.ts';

export const attack: Attack = {
  code: 'assessment-mismatch',
  recipe: bothSignAssessment(assess({}, { model_id: OTHER_MODEL.modelId })),
};
