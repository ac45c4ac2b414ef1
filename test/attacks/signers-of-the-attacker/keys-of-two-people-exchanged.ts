import { ana, ben, SIGNERS } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, sign } from '../support/attack.ts';

export const attack: Attack = {
  code: 'approver-mismatch',
  recipe: {
    headSigners: SIGNERS.replace(ben.publicKey, 'x').replace(ana.publicKey, ben.publicKey).replace('x', ana.publicKey),
    approvals: [goodAna, sign({ by: { ...ben, sign: ana.sign } })],
  },
};
