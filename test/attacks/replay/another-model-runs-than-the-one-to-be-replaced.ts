import { OTHER_MODEL } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'live-differs',
  recipe: { approvals: [goodAna, goodBen], question: { live: OTHER_MODEL.modelId } },
};
