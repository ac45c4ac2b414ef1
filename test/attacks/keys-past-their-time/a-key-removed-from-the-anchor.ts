import { ana } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'signer-unknown',
  recipe: forgedBen({}, { signers: `${ana.line}\n` }),
};
