import { ben, SIGNERS } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'signer-wrong-namespace',
  recipe: forgedBen({}, { signers: SIGNERS.replace(ben.line, ben.line.replace('"model-signoff"', '"git"')) }),
};
