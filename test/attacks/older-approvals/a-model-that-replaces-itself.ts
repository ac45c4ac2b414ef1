import { MODEL } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, assess, bothSignAssessment } from '../support/attack.ts';

export const attack: Attack = {
  code: 'replaces-itself',
  recipe: bothSignAssessment(assess({}, { baseline: MODEL.modelId }), { replaces: MODEL.modelId }),
};
