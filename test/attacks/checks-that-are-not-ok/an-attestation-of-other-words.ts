import { DPIA } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, bothSay } from '../support/attack.ts';

export const attack: Attack = {
  code: 'check-pending',
  recipe: bothSay({ attestations: [{ ...DPIA, statement: 'The sky is blue' }] }),
};
